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

/** The redirect after every request for a new password. */
const RESET_SENT = pathTo('/reset/sent');

/**
 * Sends the link for setting a new password, or the information that there is no account: the
 * response is the same, and only the owner of the address learns which.
 * @throws DomainError if it is not an email address, or `too-many`.
 */
export async function requestReset(
  app: AppContext,
  given: Asking & { email: string; language: string },
): Promise<string> {
  const email = readEmail(given.email);
  if (!email) throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  await countMail(app, 'reset', email, given.address);
  const by = `reset:${digestOf(emailKey(email))}`;
  const form = { by, key: given.key, sent: 'reset' };
  return app.db.write((tx) =>
    once(tx, app.clock, form, async () => {
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
 * Sets a new password with the link of an email, ends all sessions and makes all other links
 * invalid. Opening the link proves that the address belongs to the person, so it counts as
 * confirmed. Returns false if the link is unknown, used or expired.
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
    if (!(await confirmAddress(tx, clock, id))) return false;
    await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
    await voidTokens(tx, id);
    await voidAttempts(tx, id);
    await closeAllSessions(tx, clock, id);
    await mailPasswordChanged(tx, app, { email, language });
    return true;
  });
}
