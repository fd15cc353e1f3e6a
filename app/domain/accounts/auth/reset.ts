import { eq } from 'drizzle-orm';
import { accountByEmail, accountById, confirmAddress } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { emailKey, readEmail } from '~/platform/mail/email-address';
import { pathTo } from '~/platform/paths';
import { once } from '~/platform/submissions';
import { users } from '~db/schema';
import { mailNoAccount, mailPasswordChanged, mailReset } from './account-mails';
import { checkPassword } from './credentials';
import { voidAttempts } from './login-attempts';
import { type Asking, countMail } from './mail-limits';
import { issueToken, readToken, spendToken, voidTokens } from './mail-tokens';
import { hashPassword } from './passwords';
import { closeAllSessions } from './sessions';

/** Where everybody is sent who asked for a new password. */
const RESET_SENT = pathTo('/reset/sent');

/**
 * Sends the link with which a new password is set, or the news that there is no account: the
 * answer is the same, and only the owner of the address learns which.
 * @throws DomainError for what is no address, or `too-many`.
 */
export async function requestReset(
  app: AppContext,
  given: Asking & { email: string; language: string },
): Promise<string> {
  const email = readEmail(given.email);
  if (!email) throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  await countMail(app, email, given.address);
  return app.db.write((tx) =>
    once(tx, app.clock, `reset:${digestOf(emailKey(email))}`, given.key, async () => {
      const account = await accountByEmail(tx, email);
      if (account?.email) {
        const token = await issueToken(tx, app.clock, 'reset', { userId: account.id });
        const to = { email: account.email, language: account.language ?? given.language };
        await mailReset(tx, app, to, token);
      } else {
        await mailNoAccount(tx, app, { email, language: given.language });
      }
      return RESET_SENT;
    }),
  );
}

/**
 * Sets a new password by the link of a mail, ends every session and voids every other link.
 * Whoever holds the link has proven the address, so that it counts as confirmed.
 * Gives false when the link is unknown, used or run out.
 * @throws DomainError about the field `password`.
 */
export async function resetPassword(
  app: AppContext,
  token: string,
  password: string,
): Promise<boolean> {
  const { clock } = app;
  const offered = await readToken(app.db.reader, clock, 'reset', token);
  const account = offered && (await accountById(app.db.reader, offered.userId));
  if (!account?.email) return false;
  const { id, email, handle, language } = account;
  await checkPassword(app, password, { email, handle });
  const passwordHash = await hashPassword(password);
  return app.db.write(async (tx) => {
    if (!(await spendToken(tx, clock, 'reset', token))) return false;
    await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
    await confirmAddress(tx, clock, id);
    await voidTokens(tx, id);
    await voidAttempts(tx, id);
    await closeAllSessions(tx, clock, id);
    await mailPasswordChanged(tx, app, { email, language });
    return true;
  });
}
