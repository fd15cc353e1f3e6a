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
 * Whose address and password these are. Unknown address, account without a password and wrong
 * password are refused in the same words and after the same work.
 * @throws DomainError `refused`, or `too-many` before a password was looked at.
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
 * Takes the password once more from somebody who is logged in, before something that a stranger
 * at an open browser must not do. Counted by session, so that nobody else can use up the tries.
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
