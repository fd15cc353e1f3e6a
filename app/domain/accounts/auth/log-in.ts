import { accountByEmail, accountById } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import {
  countUses,
  isWithinLimit,
  networkUses,
  takeBackUses,
  type Use,
} from '~/platform/rate-limits/limiter';
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
 * The account with an email address and password. After too many wrong attempts at the account, instead:
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
  const own: Use = device
    ? { name: 'login-device', key: device }
    : { name: 'login-account', key: digestOf(emailKey(given.email)) };
  const within = await isWithinLimit(app, own.name, own.key);
  // A known browser has a limit of its own, so its owner does not share that of the network.
  const shared = device && within ? [] : networkUses('login-network', given.address);
  await countUses(app, shared);
  const right = await verifyPassword(account?.passwordHash ?? null, given.password);
  if (!within) return { begunBy: await requireCode(app, right ? account : null, given) };
  if (!account || !right) throw new DomainError('refused', 'people.error.login');
  await takeBackUses(app, [own, ...shared]);
  return { userId: account.id };
}

/**
 * Checks the password of a logged-in person again, before an action that someone else at an
 * unlocked browser must not do. Wrong attempts are counted per session, so that nobody else can use
 * them up.
 * @throws DomainError about the field `password`, or `too-many`.
 */
export async function proveAgain(
  app: AppContext,
  who: { userId: string; sessionId: string },
  password: string,
): Promise<void> {
  const use: Use = { name: 'proof-session', key: who.sessionId };
  await countUses(app, [use]);
  const account = await accountById(app.db.reader, who.userId);
  if (!(await verifyPassword(account?.passwordHash ?? null, password))) {
    throw new DomainError('refused', 'security.error.password', { field: 'password' });
  }
  await takeBackUses(app, [use]);
  await app.db.write((tx) => renewProof(tx, app.clock, who.sessionId));
}
