import { digestOf } from '../ids';
import { countUse } from '../limits/limiter';
import { networkOf } from '../limits/network';
import type { Account } from '../people/accounts';
import { emailKey } from '../people/emails';
import { verifyPassword } from '../people/passwords';
import { Refusal } from '../refusal';
import type { Site } from '../site';

/**
 * Makes sure that it is the owner of an account with a password who asks, and not somebody at
 * their screen; attempts count as attempts to log in.
 * @throws Refusal about the field `password`, or `too-many`.
 */
export async function checkOwnPassword(
  site: Site,
  account: Account,
  given: { password: string; address: string },
): Promise<void> {
  if (given.password === '') {
    throw new Refusal('invalid', 'site.error.required', { field: 'password' });
  }
  await countUse(site, 'login-network', networkOf(given.address));
  await countUse(site, 'login-account', digestOf(emailKey(account.email ?? account.id)));
  if (await verifyPassword(account.passwordHash, given.password)) return;
  throw new Refusal('refused', 'account.error.password', { field: 'password' });
}
