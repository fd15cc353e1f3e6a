import { and, eq, gt, gte, isNull, lte } from 'drizzle-orm';
import { accountByEmail, accountById, accountOfMailbox } from '~/domain/accounts/users/accounts';
import { isReservedAddress } from '~/domain/accounts/users/reserved-emails';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { digestOf, newToken } from '~/platform/ids';
import { addressColumns, emailKey, readEmail } from '~/platform/mail/email-address';
import { pathTo } from '~/platform/paths';
import { once } from '~/platform/submissions';
import type { Db } from '~db/client';
import { addressChanges, authenticators, passkeys, recoveryCodes, users } from '~db/schema';
import { mailAddressTaken, mailNewAddress, mailOldAddress } from './account-mails';
import { voidAttempts } from './login-attempts';
import { type Asking, countMail } from './mail-limits';
import { voidTokens } from './mail-tokens';
import { closeAllSessions } from './sessions';

/** Time limits for confirming a change by the new address, and for undoing it by the old one. */
const TO_CONFIRM = 3 * DAY;
const TO_UNDO = 7 * DAY;

/** The redirect after every request, whatever its outcome. */
const ASKED = pathTo('/settings/security?done=address');

/**
 * Emails both addresses about a change. If another account has the new address, the response and
 * the email to the old address are the same; only the owner of the new address is told.
 * @throws DomainError about the field `email`, or `too-many`.
 */
export async function requestAddress(
  app: AppContext,
  userId: string,
  given: Asking & { email: string; language: string },
): Promise<string> {
  const { clock } = app;
  const email = readEmail(given.email);
  if (!email) throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  const account = await accountById(app.db.reader, userId);
  if (!account?.email) throw new DomainError('missing', 'people.error.email');
  const old = { email: account.email, key: emailKey(account.email) };
  if (emailKey(email) === old.key) {
    throw new DomainError('invalid', 'security.address.same', { field: 'email' });
  }
  await countMail(app, 'address', email, given.address);
  const language = account.language ?? given.language;
  return app.db.write((tx) =>
    once(tx, clock, { by: `address:${userId}`, key: given.key, sent: email }, async () => {
      const taken = await isTaken(tx, clock, email, userId);
      const tokens = { confirm: newToken(), undo: newToken() };
      const now = clock.now();
      await tx
        .update(addressChanges)
        .set({ expiresAt: now })
        .where(and(eq(addressChanges.userId, userId), isNull(addressChanges.confirmedAt)));
      await tx.insert(addressChanges).values({
        id: digestOf(tokens.confirm),
        undoId: digestOf(tokens.undo),
        userId,
        oldEmail: old.email,
        oldKey: old.key,
        newEmail: taken ? null : email,
        createdAt: now,
        expiresAt: now + TO_CONFIRM,
        undoUntil: now + TO_CONFIRM + TO_UNDO,
      });
      if (taken) await mailAddressTaken(tx, app, { email, language });
      else await mailNewAddress(tx, app, { email, language }, tokens.confirm);
      await mailOldAddress(tx, app, { email: old.email, language }, tokens.undo);
      return ASKED;
    }),
  );
}

/** True if another account has the address or its mailbox, or has just left it. */
async function isTaken(tx: Db, clock: Clock, email: string, userId: string): Promise<boolean> {
  const holder = (await accountByEmail(tx, email)) ?? (await accountOfMailbox(tx, email, userId));
  return holder !== null || isReservedAddress(tx, clock, email);
}

/** What a link in the two emails is about, and whether the change is done. */
export interface AddressOffer {
  handle: string;
  email: string;
  done: boolean;
}

/** Returns the change that the new address can confirm; null if the link is not valid. */
export async function readNewAddress(
  db: Db,
  clock: Clock,
  token: string,
): Promise<AddressOffer | null> {
  const [row] = await db
    .select({
      handle: users.handle,
      email: addressChanges.newEmail,
      confirmedAt: addressChanges.confirmedAt,
    })
    .from(addressChanges)
    .innerJoin(users, eq(users.id, addressChanges.userId))
    .where(
      and(
        eq(addressChanges.id, digestOf(token)),
        isNull(addressChanges.undoneAt),
        gt(addressChanges.expiresAt, clock.now()),
      ),
    );
  if (!row?.email) return null;
  return { handle: row.handle, email: row.email, done: row.confirmedAt !== null };
}

/** Gives an account its new address; false if the link is not valid or the address is taken. */
export async function confirmNewAddress(tx: Db, app: AppContext, token: string): Promise<boolean> {
  const { clock } = app;
  const now = clock.now();
  const offer = await readNewAddress(tx, clock, token);
  if (!offer || offer.done) return false;
  const [asked] = await tx
    .select({ userId: addressChanges.userId })
    .from(addressChanges)
    .where(eq(addressChanges.id, digestOf(token)));
  if (!asked || (await isTaken(tx, clock, offer.email, asked.userId))) return false;
  const [change] = await tx
    .update(addressChanges)
    .set({ confirmedAt: now, undoUntil: now + TO_UNDO })
    .where(eq(addressChanges.id, digestOf(token)))
    .returning();
  if (!change) return false;
  await tx.update(users).set(addressColumns(offer.email)).where(eq(users.id, change.userId));
  await voidTokens(tx, change.userId);
  await voidAttempts(tx, change.userId);
  return true;
}

/** Returns the change that the old address can undo; null if the link is not valid. */
export async function readOldAddress(
  db: Db,
  clock: Clock,
  token: string,
): Promise<AddressOffer | null> {
  const [row] = await db
    .select({ handle: users.handle, email: addressChanges.oldEmail })
    .from(addressChanges)
    .innerJoin(users, eq(users.id, addressChanges.userId))
    .where(mayUndo(clock, token));
  return row ? { ...row, done: false } : null;
}

/**
 * Restores the old address of an account: later changes are cancelled, all sessions end, and the
 * password and all passkeys and authenticators added since are deleted. Returns false if the link
 * is not valid.
 */
export async function keepOldAddress(tx: Db, app: AppContext, token: string): Promise<boolean> {
  const { clock } = app;
  const [change] = await tx.select().from(addressChanges).where(mayUndo(clock, token));
  if (!change) return false;
  const { userId, oldEmail, createdAt } = change;
  await tx
    .update(addressChanges)
    .set({ undoneAt: clock.now() })
    .where(and(eq(addressChanges.userId, userId), gte(addressChanges.createdAt, createdAt)));
  await tx
    .update(users)
    .set({ ...addressColumns(oldEmail), passwordHash: null })
    .where(eq(users.id, userId));
  await tx
    .delete(passkeys)
    .where(and(eq(passkeys.userId, userId), gte(passkeys.createdAt, createdAt)));
  const [authenticator] = await tx
    .delete(authenticators)
    .where(and(eq(authenticators.userId, userId), gte(authenticators.createdAt, createdAt)))
    .returning({ userId: authenticators.userId });
  if (authenticator) await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await closeAllSessions(tx, clock, userId);
  await voidTokens(tx, userId);
  await voidAttempts(tx, userId);
  return true;
}

/** Deletes changes that can no longer be undone; run as a background job. */
export async function purgeAddressChanges(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(addressChanges).where(lte(addressChanges.undoUntil, clock.now()));
}

function mayUndo(clock: Clock, token: string) {
  return and(
    eq(addressChanges.undoId, digestOf(token)),
    isNull(addressChanges.undoneAt),
    gt(addressChanges.undoUntil, clock.now()),
  );
}
