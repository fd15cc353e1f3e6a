import { createHmac, randomInt } from 'node:crypto';
import { accountByEmail } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { digestOf, newToken } from '~/platform/ids';
import { emailKey, mailboxKey, readEmail } from '~/platform/mail/email-address';
import { countUse } from '~/platform/rate-limits/limiter';
import { networkOf } from '~/platform/rate-limits/network';
import { linkSecret } from '~/platform/secrets/link-secret';
import { asciiDigits } from '~/platform/text/digits';
import type { Db } from '~db/client';
import { mailConfirmation, mailLoginCode, mailNoAccount } from './account-mails';
import { knownDevice } from './known-devices';
import { beginAttempt, readAttempt, tryCode, voidAttempts } from './login-attempts';
import type { Asking } from './mail-limits';
import { type Grant, issueToken, spendToken, voidTokens } from './mail-tokens';

const DIGITS = 8;

export interface CodeWish extends Asking {
  email: string;
  /** BCP 47, of the mail where the account has no language. */
  language: string;
  /** The path of this site that the person was on the way to. */
  redirectTo: string | null;
  /** The mark of the browser, as its cookie gives it. */
  device: string | null;
}

/**
 * Sends a code to type in the browser that asked, and a link for any other. Gives the token of
 * that browser's cookie. An address without an account goes through the same steps and is sent
 * the news; one that is not confirmed yet is sent its link of confirmation, since whoever chose
 * its password need not own the address.
 * @throws DomainError for what is no address, or `too-many`.
 */
export async function requestCode(app: AppContext, wish: CodeWish): Promise<string> {
  const { clock } = app;
  const email = readEmail(wish.email);
  if (!email) throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  const account = await accountByEmail(app.db.reader, email);
  await countCodes(app, email, wish, await knownDevice(app, account, wish.device));
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  const token = await tokenFor(app, email, wish.key);
  const { redirectTo } = wish;
  return app.db.write(async (tx) => {
    if (await readAttempt(tx, clock, 'code', token)) return token;
    const to = { email: account?.email ?? email, language: account?.language ?? wish.language };
    const confirmed = account?.confirmedAt != null;
    await beginAttempt(tx, clock, 'code', {
      userId: confirmed ? account.id : null,
      redirectTo,
      code,
      token,
    });
    if (!account) {
      await mailNoAccount(tx, app, to);
    } else if (confirmed) {
      const link = await issueToken(tx, clock, 'login', { userId: account.id, redirectTo });
      await mailLoginCode(tx, app, to, { code, token: link });
    } else {
      const link = await issueToken(tx, clock, 'confirm', { userId: account.id, redirectTo });
      await mailConfirmation(tx, app, to, link);
    }
    return token;
  });
}

/** What became of a typed code: whose it was, that it was wrong, or that it is too late. */
export type CodeOutcome = Grant | 'wrong' | 'gone';

/** Tries a code in the browser that asked for it; in a transaction of its own, as tries count. */
export async function enterCode(
  tx: Db,
  app: AppContext,
  token: string | null,
  typed: string,
): Promise<CodeOutcome> {
  const { attempt, right } = await tryCode(tx, app.clock, token, readCode(typed));
  if (!attempt) return 'gone';
  if (!right || !attempt.userId) return 'wrong';
  await voidTokens(tx, attempt.userId, 'login');
  return { userId: attempt.userId, redirectTo: attempt.redirectTo };
}

/** Uses the link of the mail, in whatever browser; null when it is unknown, used or run out. */
export async function enterByLink(tx: Db, app: AppContext, token: string): Promise<Grant | null> {
  const grant = await spendToken(tx, app.clock, 'login', token);
  if (grant) await voidAttempts(tx, grant.userId, 'code');
  return grant;
}

/** A code as people type it: with spaces, or in the digits of their own script. */
export function readCode(typed: string): string {
  return asciiDigits(typed.normalize('NFKC')).replace(/[\s-]/g, '');
}

async function countCodes(
  app: AppContext,
  email: string,
  { address }: Asking,
  device: string | null,
): Promise<void> {
  const whose = digestOf(mailboxKey(email));
  await countUse(app, 'mail-network', networkOf(address));
  await countUse(app, 'code-network', `${networkOf(address)}|${whose}`);
  // Others cannot use up the mails of somebody whose browser is known.
  if (!device) await countUse(app, 'code-address', whose);
}

/** The same form sent twice begins the same step, and sends one mail. */
async function tokenFor(app: AppContext, email: string, key: string | undefined): Promise<string> {
  if (!key) return newToken();
  return createHmac('sha256', await linkSecret(app))
    .update(`code:${emailKey(email)}:${key}`)
    .digest('base64url');
}
