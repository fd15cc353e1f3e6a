import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { and, desc, eq } from 'drizzle-orm';
import { accountById } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import {
  countNetworkUse,
  countUses,
  networkUses,
  takeBackUses,
} from '~/platform/rate-limits/limiter';
import { singleLine } from '~/platform/text/visible';
import type { Db } from '~db/client';
import { authenticators, passkeys } from '~db/schema';
import { mailSecondFactor } from './account-mails';
import { ATTEMPT_LIFETIME, beginAttempt, takeAttempt } from './login-attempts';
import type { Grant } from './mail-tokens';
import { forgetSecondFactor, renewProof } from './sessions';

/*
 * Passkeys (WebAuthn): discoverable credentials with user verification, so that one counts as both
 * factors. A challenge is stored, can be used once whatever the result, and expires by our clock.
 */
/** Loaded on demand, because the library is large and rarely needed. */
const webauthn = () => import('@simplewebauthn/server');

/** The longest response of an authenticator that is parsed, in UTF-16 code units; real ones take 1,000 to 6,000. */
const LONGEST_RESPONSE = 16_384;

const MOST = 20;
const LONGEST_NAME = 40;

/** Returns the passkeys of a person, newest first. */
export function passkeysOf(db: Db, userId: string) {
  return db
    .select({
      id: passkeys.id,
      name: passkeys.name,
      createdAt: passkeys.createdAt,
      usedAt: passkeys.usedAt,
    })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(desc(passkeys.createdAt), passkeys.id);
}

/** Starts a login by passkey; returns the token for the browser's cookie. */
export async function askForPasskey(
  app: AppContext,
  { address, redirectTo }: { address: string; redirectTo: string | null },
): Promise<string> {
  await countNetworkUse(app, 'passkey-network', address);
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({
    rpID: partyOf(app).rpID,
    userVerification: 'required',
    timeout: ATTEMPT_LIFETIME,
  });
  const facts = { userId: null, redirectTo, options: { ...options } };
  return app.db.write((tx) => beginAttempt(tx, app.clock, 'passkey', facts));
}

/**
 * Returns the account whose passkey has signed the challenge of this browser.
 * @throws DomainError `refused`, with the same message for every cause, or `too-many`.
 */
export async function logInByPasskey(
  app: AppContext,
  given: { token: string | null; response: string; address: string },
): Promise<Grant> {
  const { db, clock } = app;
  const uses = networkUses('passkey-network', given.address);
  await countUses(app, uses);
  const attempt = await db.write((tx) => takeAttempt(tx, clock, 'passkey', given.token));
  const response = readResponse<AuthenticationResponseJSON>(given.response);
  const [key] = await db.reader.select().from(passkeys).where(eq(passkeys.id, response.id));
  if (!attempt?.options || !key || ownerOf(response) !== key.userId) throw notAccepted();
  const { rpID, origin } = partyOf(app);
  const { verifyAuthenticationResponse } = await webauthn();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: String(attempt.options.challenge),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    // A counter that does not increase is refused, because the key may have been copied.
    credential: {
      id: key.id,
      publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
      counter: key.counter,
      transports: key.transports,
    },
  }).catch(refuse);
  if (!verified) throw notAccepted();
  const used = await db.write((tx) =>
    tx
      .update(passkeys)
      .set({ counter: authenticationInfo.newCounter, usedAt: clock.now() })
      .where(and(eq(passkeys.id, key.id), eq(passkeys.counter, key.counter)))
      .returning({ id: passkeys.id }),
  );
  if (used.length === 0) throw notAccepted();
  // Its challenge was counted too.
  await takeBackUses(app, [...uses, ...uses]);
  return { userId: key.userId, redirectTo: attempt.redirectTo };
}

/**
 * Starts adding a passkey with a name; returns the token for the browser's cookie.
 * @throws DomainError about the field `name`.
 */
export async function offerPasskey(
  app: AppContext,
  person: { id: string; handle: string },
  name: string,
): Promise<string> {
  const named = readPasskeyName(name);
  const known = await passkeysOf(app.db.reader, person.id);
  if (known.length >= MOST) throw new DomainError('refused', 'security.passkey.most');
  const { rpID, rpName } = partyOf(app);
  const { generateRegistrationOptions } = await webauthn();
  const creation = await generateRegistrationOptions({
    rpID,
    rpName,
    userID: new TextEncoder().encode(person.id),
    userName: person.handle,
    timeout: ATTEMPT_LIFETIME,
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const facts = { userId: person.id, options: { name: named, creation } };
  return app.db.write((tx) => beginAttempt(tx, app.clock, 'new-passkey', facts));
}

/**
 * Stores the passkey that the browser has created. This also counts as a second factor in its
 * session.
 * @throws DomainError `refused`, with the same message for every cause.
 */
export async function addPasskey(
  app: AppContext,
  who: { userId: string; sessionId: string },
  given: { token: string | null; response: string },
): Promise<void> {
  const { db, clock } = app;
  const attempt = await db.write((tx) => takeAttempt(tx, clock, 'new-passkey', given.token));
  if (!attempt?.options || attempt.userId !== who.userId) throw notAccepted();
  const { name, creation } = attempt.options as { name: string; creation: { challenge: string } };
  const { rpID, origin } = partyOf(app);
  const { verifyRegistrationResponse } = await webauthn();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: readResponse<RegistrationResponseJSON>(given.response),
    expectedChallenge: creation.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(refuse);
  if (!verified) throw notAccepted();
  const { credential, credentialBackedUp } = registrationInfo;
  await db.write(async (tx) => {
    const made = await tx
      .insert(passkeys)
      .values({
        id: credential.id,
        userId: who.userId,
        name,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: credential.transports ?? [],
        synced: credentialBackedUp,
        createdAt: clock.now(),
      })
      .onConflictDoNothing()
      .returning({ id: passkeys.id });
    if (made.length === 0) throw notAccepted();
    await renewProof(tx, clock, who.sessionId, { secondFactor: true });
    await tell(tx, app, who.userId, 'passkey-on');
  });
}

/** @throws DomainError about the field `name`, or `missing`. */
export async function renamePasskey(tx: Db, userId: string, id: string, name: string) {
  const renamed = await tx
    .update(passkeys)
    .set({ name: readPasskeyName(name) })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning({ id: passkeys.id });
  if (renamed.length === 0) throw new DomainError('missing', 'security.passkey.error');
}

/** Removes a passkey; does nothing if it does not exist. */
export async function removePasskey(tx: Db, app: AppContext, userId: string, id: string) {
  const removed = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning({ id: passkeys.id });
  if (removed.length === 0) return;
  const left = await passkeysOf(tx, userId);
  const [authenticator] = await tx
    .select({ confirmedAt: authenticators.confirmedAt })
    .from(authenticators)
    .where(eq(authenticators.userId, userId));
  if (left.length === 0 && !authenticator?.confirmedAt) await forgetSecondFactor(tx, userId);
  await tell(tx, app, userId, 'passkey-off');
}

/** Returns the relying party that browsers bind passkeys to: the host of the public URL. */
function partyOf({ config }: AppContext) {
  const { hostname } = new URL(config.origin);
  return { rpID: hostname, rpName: config.siteName, origin: config.origin };
}

function readPasskeyName(text: string): string {
  const name = singleLine(text);
  if (name === '' || [...name].length > LONGEST_NAME) {
    throw new DomainError('invalid', 'security.passkey.errorName', { field: 'name' });
  }
  return name;
}

/** Parses the script's response; checks only that it is an object, the library the rest. */
function readResponse<R extends { id: string }>(text: string): R {
  try {
    const response: unknown = text.length > LONGEST_RESPONSE ? null : JSON.parse(text);
    if (typeof response === 'object' && response && 'id' in response && 'response' in response) {
      return response as unknown as R;
    }
  } catch {
    // Invalid JSON is refused below like every other fault.
  }
  throw notAccepted();
}

/** Returns the account that the authenticator reports for the passkey. */
function ownerOf({ response }: AuthenticationResponseJSON): string {
  return Buffer.from(String(response?.userHandle ?? ''), 'base64url').toString();
}

/** The library reports every fault by throwing. */
function refuse(): never {
  throw notAccepted();
}

function notAccepted(): DomainError {
  return new DomainError('refused', 'security.passkey.error');
}

async function tell(tx: Db, app: AppContext, userId: string, what: 'passkey-on' | 'passkey-off') {
  const account = await accountById(tx, userId);
  if (!account?.email) return;
  await mailSecondFactor(tx, app, { email: account.email, language: account.language }, what);
}
