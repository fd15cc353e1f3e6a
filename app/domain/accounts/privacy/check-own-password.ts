import { verifyPassword } from '~/domain/accounts/auth/passwords';
import type { Account } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import { countUse } from '~/platform/rate-limits/limiter';
import { networkOf } from '~/platform/rate-limits/network';

/**
 * Makes sure that it is the owner of an account with a password who asks, and not somebody at
 * their screen; attempts count as attempts to log in.
 * @throws Refusal about the field `password`, or `too-many`.
 */
export async function checkOwnPassword(
  app: AppContext,
  account: Account,
  given: { password: string; address: string },
): Promise<void> {
  if (given.password === '') {
    throw new DomainError('invalid', 'site.error.required', { field: 'password' });
  }
  await countUse(app, 'login-network', networkOf(given.address));
  await countUse(app, 'login-account', digestOf(emailKey(account.email ?? account.id)));
  if (await verifyPassword(account.passwordHash, given.password)) return;
  throw new DomainError('refused', 'account.error.password', { field: 'password' });
}
