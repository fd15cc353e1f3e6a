import { randomBytes } from 'node:crypto';
import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import {
  type Account,
  accountById,
  personByHandle,
  SECOND_FACTOR_GRACE,
} from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { type Clock, MINUTE, SECOND } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import {
  countUses,
  isWithinLimit,
  networkUses,
  takeBackUses,
  type Use,
} from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { authenticators, passkeys, recoveryCodes, users } from '~db/schema';
import { mailSecondFactor } from './account-mails';
import { knownDevice } from './known-devices';
import { readCode } from './mail-code';
import { closeAllSessions, forgetSecondFactor, renewProof } from './sessions';

/** Validity of a code in seconds (RFC 6238). */
const PERIOD = 30;
const RECOVERY_CODES = 10;

/** Letters and digits that cannot be confused with each other (Crockford's base 32). */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** True if a person has set up an authenticator app. */
export async function hasAuthenticator(db: Db, userId: string): Promise<boolean> {
  const [row] = await db
    .select({ userId: authenticators.userId })
    .from(authenticators)
    .where(and(eq(authenticators.userId, userId), isNotNull(authenticators.confirmedAt)));
  return row !== undefined;
}

/** Returns the second factors of a person: authenticator app, unused recovery codes, passkeys. */
export async function secondFactors(db: Db, userId: string) {
  const unused = [eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)];
  return {
    app: await hasAuthenticator(db, userId),
    recoveryCodes: await countOf(db, recoveryCodes, ...unused),
    passkeys: await countOf(db, passkeys, eq(passkeys.userId, userId)),
  };
}

/** Starts setting up an authenticator app: its secret is active once a code confirms it. */
export async function beginAuthenticator(tx: Db, clock: Clock, userId: string): Promise<void> {
  const fresh = { secret: new Secret({ size: 20 }).base32, lastStep: 0, createdAt: clock.now() };
  await tx
    .insert(authenticators)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({
      target: authenticators.userId,
      set: fresh,
      setWhere: isNull(authenticators.confirmedAt),
    });
}

/** Returns the unconfirmed secret, in base 32 and as the URL for a QR code. */
export async function pendingSecret(
  { db, config }: AppContext,
  person: { id: string; handle: string },
): Promise<{ secret: string; uri: string } | null> {
  const [row] = await db.reader
    .select({ secret: authenticators.secret })
    .from(authenticators)
    .where(and(eq(authenticators.userId, person.id), isNull(authenticators.confirmedAt)));
  if (!row) return null;
  const { siteName: issuer } = config;
  const totp = new TOTP({ issuer, label: person.handle, secret: row.secret, period: PERIOD });
  return { secret: row.secret, uri: totp.toString() };
}

/**
 * Activates the app with its first code, and returns the recovery codes, which are never shown
 * again. This counts as a second factor in the current session.
 * @throws DomainError about the field `code`, or `too-many`.
 */
export async function confirmAuthenticator(
  app: AppContext,
  who: { userId: string; sessionId: string },
  typed: string,
): Promise<string[]> {
  const { clock } = app;
  const use: Use = { name: 'proof-session', key: who.sessionId };
  await countUses(app, [use]);
  const codes = await app.db.write(async (tx) => {
    const right = await consumeTotpStep(tx, clock, who.userId, typed, { confirmed: false });
    if (!right) throw wrongCode();
    await tx
      .update(authenticators)
      .set({ confirmedAt: clock.now() })
      .where(eq(authenticators.userId, who.userId));
    await renewProof(tx, clock, who.sessionId, { secondFactor: true });
    await tell(tx, app, who.userId, 'on');
    return replaceRecoveryCodes(tx, clock, who.userId);
  });
  await takeBackUses(app, [use]);
  return codes;
}

/** Creates new recovery codes and makes the old ones invalid. */
export async function replaceRecoveryCodes(
  tx: Db,
  clock: Clock,
  userId: string,
): Promise<string[]> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const createdAt = clock.now();
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ id: recoveryId(userId, code), userId, createdAt })));
  return codes;
}

/** Deactivates the app and makes its recovery codes invalid. */
export async function removeAuthenticator(tx: Db, app: AppContext, userId: string): Promise<void> {
  await tx.delete(authenticators).where(eq(authenticators.userId, userId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const left = await secondFactors(tx, userId);
  if (left.passkeys === 0) await forgetSecondFactor(tx, userId);
  await tell(tx, app, userId, 'off');
}

/**
 * Removes all second factors of a person who has lost them, ends their sessions, and restarts the
 * grace period of their role; for the operator.
 * @throws DomainError if nobody has the handle.
 */
export async function forgetFactors(tx: Db, app: AppContext, handle: string): Promise<Account> {
  const account = await personByHandle(tx, handle);
  if (!account) throw new DomainError('missing', 'people.error.nobody', { values: { handle } });
  const { id, role } = account;
  await tx.delete(passkeys).where(eq(passkeys.userId, id));
  await removeAuthenticator(tx, app, id);
  await closeAllSessions(tx, app.clock, id);
  const secondFactorFrom = role === 'member' ? null : app.clock.now() + SECOND_FACTOR_GRACE;
  await tx.update(users).set({ secondFactorFrom }).where(eq(users.id, id));
  return account;
}

/**
 * Checks the second factor after the first: a code of the app or a recovery code, each valid once.
 * `how` comes from the request.
 * @throws DomainError about the field `code`, or `too-many` before the code was checked.
 */
export async function checkSecondFactor(
  app: AppContext,
  userId: string,
  typed: string,
  how: { address: string; device: string | null; byEmail: boolean },
): Promise<void> {
  const account = await accountById(app.db.reader, userId);
  const shared = networkUses('factor-network', how.address, userId);
  await countUses(app, shared);
  const isKnown = await knownDevice(app, account, how.device);
  const own = isKnown ? [] : [await countFactor(app, userId, how.byEmail)];
  await app.db.write(async (tx) => {
    if (await consumeTotpStep(tx, app.clock, userId, typed, { confirmed: true })) return;
    if (!(await spendRecoveryCode(tx, app.clock, userId, typed))) throw wrongCode();
    await tell(tx, app, userId, 'recovery');
  });
  await takeBackUses(app, [...shared, ...own]);
}

/**
 * Counts a code from a browser that the account has not been used in. Who has the password can use
 * up the first limit; the second needs the mailbox, and lets the owner in all the same.
 */
async function countFactor(app: AppContext, userId: string, byEmail: boolean): Promise<Use> {
  const use: Use = { name: byEmail ? 'factor-email' : 'factor-account', key: userId };
  if (byEmail) {
    await countUses(app, [use]);
    return use;
  }
  if (await isWithinLimit(app, use.name, use.key)) return use;
  const href = pathTo('/login/code');
  throw new DomainError('too-many', 'security.error.factors', {
    field: 'code',
    href,
    retryAfter: MINUTE / SECOND,
  });
}

/** True if the text is a currently valid code that has not been used before. */
async function consumeTotpStep(
  tx: Db,
  clock: Clock,
  userId: string,
  typed: string,
  { confirmed }: { confirmed: boolean },
): Promise<boolean> {
  const state = confirmed
    ? isNotNull(authenticators.confirmedAt)
    : isNull(authenticators.confirmedAt);
  const theirs = and(eq(authenticators.userId, userId), state);
  const [row] = await tx.select().from(authenticators).where(theirs);
  if (!row) return false;
  const timestamp = clock.now();
  const totp = new TOTP({ secret: row.secret, period: PERIOD });
  // Accepts codes of phones whose clock is up to half a minute wrong.
  const delta = totp.validate({ token: readCode(typed), timestamp, window: 1 });
  if (delta === null) return false;
  const step = Math.floor(timestamp / SECOND / PERIOD) + delta;
  const used = await tx
    .update(authenticators)
    .set({ lastStep: step })
    .where(and(theirs, lt(authenticators.lastStep, step)))
    .returning({ userId: authenticators.userId });
  return used.length > 0;
}

async function spendRecoveryCode(
  tx: Db,
  clock: Clock,
  userId: string,
  typed: string,
): Promise<boolean> {
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: clock.now() })
    .where(and(eq(recoveryCodes.id, recoveryId(userId, typed)), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id });
  return used.length > 0;
}

/** Returns sixteen characters (80 random bits) in groups of four. */
function newRecoveryCode(): string {
  const characters = Array.from(randomBytes(16), (byte) => ALPHABET[byte % ALPHABET.length]);
  return characters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

function recoveryId(userId: string, code: string): string {
  const plain = readCode(code).toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1');
  return digestOf(`recovery:${userId}:${plain}`);
}

function wrongCode(): DomainError {
  return new DomainError('refused', 'security.error.code', { field: 'code' });
}

async function tell(tx: Db, app: AppContext, userId: string, what: 'on' | 'off' | 'recovery') {
  const account = await accountById(tx, userId);
  if (!account?.email) return;
  await mailSecondFactor(tx, app, { email: account.email, language: account.language }, what);
}
