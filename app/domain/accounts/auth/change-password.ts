import { eq } from 'drizzle-orm';
import { accountById } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { users } from '~db/schema';
import { mailPasswordChanged } from './account-mails';
import { checkPassword } from './credentials';
import { voidAttempts } from './login-attempts';
import { voidTokens } from './mail-tokens';
import { hashPassword } from './passwords';
import { closeOtherSessions } from './sessions';

/**
 * Sets a new password for a logged-in person; all their other sessions end, and all links and codes
 * sent to them become invalid.
 * @throws DomainError about the field `password`.
 */
export async function changePassword(
  app: AppContext,
  who: { userId: string; sessionId: string },
  password: string,
): Promise<void> {
  const account = await accountById(app.db.reader, who.userId);
  if (!account?.email) return;
  const { id, email, handle, language } = account;
  await checkPassword(app, password, { email, handle });
  const passwordHash = await hashPassword(password);
  await app.db.write(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
    await closeOtherSessions(tx, app.clock, id, who.sessionId);
    await voidTokens(tx, id);
    await voidAttempts(tx, id);
    await mailPasswordChanged(tx, app, { email, language });
  });
}
