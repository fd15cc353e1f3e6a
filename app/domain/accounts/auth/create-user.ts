import {
  type Account,
  accountByEmail,
  accountById,
  insertAccount,
  SECOND_FACTOR_GRACE,
} from '~/domain/accounts/users/accounts';
import { isReservedAddress } from '~/domain/accounts/users/reserved-emails';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { emailKey } from '~/platform/mail/email-address';
import type { Role } from '~db/schema/people';
import { type Credentials, checkCredentials } from './credentials';
import { hashPassword } from './passwords';

/**
 * Creates an account for the operator: confirmed, with any role, and with a reserved handle if
 * wanted. Without a password, the person sets one with "Forgot your password?".
 * @throws DomainError if a field is not valid or already taken.
 */
export async function createUser(
  app: AppContext,
  given: Credentials<string | null> & { role: Role },
): Promise<Account> {
  const { email, handle, password } = await checkCredentials(app, given);
  const passwordHash = password === null ? null : await hashPassword(password);
  return app.db.write(async (tx) => {
    const now = app.clock.now();
    const id = await insertAccount(tx, app.clock, {
      email,
      handle,
      passwordHash,
      role: given.role,
      confirmedAt: now,
      secondFactorFrom: given.role === 'member' ? null : now + SECOND_FACTOR_GRACE,
    });
    const account = id && (await accountById(tx, id));
    if (account) return account;
    const taken =
      (await accountByEmail(tx, email)) ??
      (await isReservedAddress(tx, app.clock, emailKey(email)));
    throw taken
      ? new DomainError('refused', 'people.error.emailTaken', { field: 'email' })
      : new DomainError('refused', 'people.error.handleTaken', { field: 'handle' });
  });
}
