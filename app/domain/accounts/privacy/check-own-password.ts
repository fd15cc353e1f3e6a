import { verifyPassword } from '~/domain/accounts/auth/passwords';
import type { Account } from '~/domain/accounts/users/accounts';
import { emailKey } from '~/domain/accounts/users/emails';
import type { Site } from '~/platform/app-context';
import { Refusal } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { countUse } from '~/platform/rate-limits/limiter';
import { networkOf } from '~/platform/rate-limits/network';

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
