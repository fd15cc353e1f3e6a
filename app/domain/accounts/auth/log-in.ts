import { accountByEmail, accountById } from '~/domain/accounts/users/accounts';
import { emailKey } from '~/domain/accounts/users/emails';
import type { Site } from '~/platform/app-context';
import { Refusal } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { countUse } from '~/platform/rate-limits/limiter';
import { networkOf } from '~/platform/rate-limits/network';
import { knownDevice } from './known-devices';
import { verifyPassword } from './passwords';
import { renewProof } from './sessions';

/**
 * Whose address and password these are. Unknown address, account without a password and wrong
 * password are refused in the same words and after the same work.
 * @throws Refusal `refused`, or `too-many` before a password was looked at.
 */
export async function logIn(
  site: Site,
  given: { email: string; password: string; address: string; device: string | null },
): Promise<string> {
  await countUse(site, 'login-network', networkOf(given.address));
  const account = await accountByEmail(site.db.reader, given.email);
  const device = await knownDevice(site, account, given.device);
  if (device) await countUse(site, 'login-device', device);
  else await countUse(site, 'login-account', digestOf(emailKey(given.email)));
  const right = await verifyPassword(account?.passwordHash ?? null, given.password);
  if (!account || !right) throw new Refusal('refused', 'people.error.login');
  return account.id;
}

/**
 * Takes the password once more from somebody who is logged in, before something that a stranger
 * at an open browser must not do. Counted by session, so that nobody else can use up the tries.
 * @throws Refusal about the field `password`, or `too-many`.
 */
export async function proveAgain(
  site: Site,
  who: { userId: string; sessionId: string },
  password: string,
): Promise<void> {
  await countUse(site, 'proof-session', who.sessionId);
  const account = await accountById(site.db.reader, who.userId);
  if (!(await verifyPassword(account?.passwordHash ?? null, password))) {
    throw new Refusal('refused', 'security.error.password', { field: 'password' });
  }
  await site.db.write((tx) => renewProof(tx, site.clock, who.sessionId));
}
