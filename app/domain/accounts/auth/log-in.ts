import { accountByEmail, accountById } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import { countNetworkUse, countUse, isWithinLimit } from '~/platform/rate-limits/limiter';
import { knownDevice } from './known-devices';
import { requireCode } from './mail-code';
import { verifyPassword } from './passwords';
import { renewProof } from './sessions';

export interface LogIn {
  email: string;
  password: string;
  /** The client's IP address. */
  address: string;
  /** The browser's device token, from its cookie. */
  device: string | null;
  /** The path on this site to redirect to after login. */
  redirectTo: string | null;
  /** BCP 47; language of an email if the account has none. */
  language: string;
}

/**
 * The account with an email address and password. After too many attempts at the account, instead:
 * the token of a login step (`begunBy`) that asks for a code, which was emailed if the password was
 * right.
 */
export type LogInOutcome = { userId: string } | { begunBy: string };

/**
 * Checks an email address and a password. An unknown address, an account without a password and a
 * wrong password give the same error after the same time. Attempts by others never lock the owner
 * out: they only add a code by email.
 * @throws DomainError `refused`, or `too-many` for a network before the password was checked.
 */
export async function logIn(app: AppContext, given: LogIn): Promise<LogInOutcome> {
  const account = await accountByEmail(app.db.reader, given.email);
  const device = await knownDevice(app, account, given.device);
  const within = device
    ? await isWithinLimit(app, 'login-device', device)
    : await isWithinLimit(app, 'login-account', digestOf(emailKey(given.email)));
  // A known browser has a limit of its own, so its owner does not share that of the network.
  if (!device || !within) await countNetworkUse(app, 'login-network', given.address);
  const right = await verifyPassword(account?.passwordHash ?? null, given.password);
  if (!within) return { begunBy: await requireCode(app, right ? account : null, given) };
  if (!account || !right) throw new DomainError('refused', 'people.error.login');
  return { userId: account.id };
}

/**
 * Checks the password of a logged-in person again, before an action that someone else at an
 * unlocked browser must not do. Attempts are counted per session, so that nobody else can use them
 * up.
 * @throws DomainError about the field `password`, or `too-many`.
 */
export async function proveAgain(
  app: AppContext,
  who: { userId: string; sessionId: string },
  password: string,
): Promise<void> {
  await countUse(app, 'proof-session', who.sessionId);
  const account = await accountById(app.db.reader, who.userId);
  if (!(await verifyPassword(account?.passwordHash ?? null, password))) {
    throw new DomainError('refused', 'security.error.password', { field: 'password' });
  }
  await app.db.write((tx) => renewProof(tx, app.clock, who.sessionId));
}
