import { accountByEmail, accountById } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import { countUse } from '~/platform/rate-limits/limiter';
import { networkOf } from '~/platform/rate-limits/network';
import { knownDevice } from './known-devices';
import { verifyPassword } from './passwords';
import { renewProof } from './sessions';

/**
 * Returns the account with this email address and password. An unknown address, an account without
 * a password and a wrong password give the same error after the same time.
 * @throws DomainError `refused`, or `too-many` before the password was checked.
 */
export async function logIn(
  app: AppContext,
  given: { email: string; password: string; address: string; device: string | null },
): Promise<string> {
  await countUse(app, 'login-network', networkOf(given.address));
  const account = await accountByEmail(app.db.reader, given.email);
  const device = await knownDevice(app, account, given.device);
  if (device) await countUse(app, 'login-device', device);
  else await countUse(app, 'login-account', digestOf(emailKey(given.email)));
  const right = await verifyPassword(account?.passwordHash ?? null, given.password);
  if (!account || !right) throw new DomainError('refused', 'people.error.login');
  return account.id;
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
