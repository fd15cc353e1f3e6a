import { and, eq, isNull } from 'drizzle-orm';
import {
  type Account,
  accountByEmail,
  accountById,
  existingPerson,
} from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { addressColumns, readEmail } from '~/platform/mail/email-address';
import { users } from '~db/schema';
import { mailReset } from './account-mails';
import { issueToken } from './mail-tokens';

/**
 * Gives an imported account to its author: stores their email address and sends the link for
 * setting a password. Opening the link confirms the address.
 * @throws DomainError if there is no such account, it has an owner, or the address is not valid or
 * not available.
 */
export async function claimAccount(
  app: AppContext,
  handle: string,
  text: string,
): Promise<Account> {
  const email = readEmail(text);
  if (!email) throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  return app.db.write(async (tx) => {
    const { id, language, importedAt } = await existingPerson(tx, handle);
    if (await accountByEmail(tx, email)) {
      throw new DomainError('refused', 'people.error.emailTaken', { field: 'email' });
    }
    const [claimed] = await tx
      .update(users)
      .set(addressColumns(email))
      .where(and(eq(users.id, id), isNull(users.email)))
      .returning({ id: users.id });
    if (!claimed || importedAt === null) {
      throw new DomainError('refused', 'account.error.claimed', { values: { handle } });
    }
    const token = await issueToken(tx, app.clock, 'reset', { userId: id });
    await mailReset(tx, app, { email, language }, token);
    return (await accountById(tx, id)) as Account;
  });
}
