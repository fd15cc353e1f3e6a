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
import type { Db } from '~db/client';
import type { Role } from '~db/schema/people';
import { type Credentials, checkCredentials } from './credentials';
import { hashPassword } from './passwords';

type NewUser = Credentials<string | null> & { role: Role };

/** A new account whose fields were checked. */
interface CheckedUser {
  email: string;
  handle: string;
  passwordHash: string | null;
  role: Role;
}

/**
 * Creates an account for the operator: confirmed, with any role, and with a reserved handle if
 * wanted. Without a password, the person sets one with "Forgot your password?".
 * @throws DomainError if a field is not valid or already taken.
 */
export async function createUser(app: AppContext, given: NewUser): Promise<Account> {
  const user = await checkUser(app, given);
  return app.db.write((tx) => insertUser(tx, app, user));
}

/**
 * Checks a new account and computes the hash of its password, which takes too long for a
 * transaction.
 * @throws DomainError naming the first field that is not valid.
 */
export async function checkUser(app: AppContext, given: NewUser): Promise<CheckedUser> {
  const { email, handle, password } = await checkCredentials(app, given);
  const passwordHash = password === null ? null : await hashPassword(password);
  return { email, handle, passwordHash, role: given.role };
}

/**
 * Stores a checked account, confirmed.
 * @throws DomainError if its email address or handle is taken.
 */
export async function insertUser(
  tx: Db,
  { clock }: AppContext,
  user: CheckedUser,
): Promise<Account> {
  const now = clock.now();
  const id = await insertAccount(tx, clock, {
    ...user,
    confirmedAt: now,
    secondFactorFrom: user.role === 'member' ? null : now + SECOND_FACTOR_GRACE,
  });
  const account = id && (await accountById(tx, id));
  if (account) return account;
  const taken =
    (await accountByEmail(tx, user.email)) ?? (await isReservedAddress(tx, clock, user.email));
  throw taken
    ? new DomainError('refused', 'people.error.emailTaken', { field: 'email' })
    : new DomainError('refused', 'people.error.handleTaken', { field: 'handle' });
}
