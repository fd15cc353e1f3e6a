import { digestOf } from '../ids';
import { countUse } from '../limits/limiter';
import { networkOf } from '../limits/network';
import { Refusal } from '../refusal';
import type { Site } from '../site';
import { accountByEmail } from './accounts';
import { emailKey } from './emails';
import { verifyPassword } from './passwords';

/**
 * Whose address and password these are. Unknown address, account without a password and wrong
 * password are refused in the same words and after the same work.
 * @throws Refusal `refused`, or `too-many` before anything was looked at.
 */
export async function logIn(
  site: Site,
  given: { email: string; password: string; address: string },
): Promise<string> {
  await countUse(site, 'login-network', networkOf(given.address));
  await countUse(site, 'login-account', digestOf(emailKey(given.email)));
  const account = await accountByEmail(site.db.reader, given.email);
  const right = await verifyPassword(account?.passwordHash ?? null, given.password);
  if (!account || !right) throw new Refusal('refused', 'people.error.login');
  return account.id;
}
