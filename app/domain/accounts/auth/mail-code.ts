import { createHmac, randomInt } from 'node:crypto';
import { type Account, accountByEmail } from '~/domain/accounts/users/accounts';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { digestOf, newToken } from '~/platform/ids';
import { emailKey, mailboxKey, readEmail } from '~/platform/mail/email-address';
import { countNetworkUse, countUse, isWithinLimit } from '~/platform/rate-limits/limiter';
import { linkSecret } from '~/platform/secrets/link-secret';
import { asciiDigits } from '~/platform/text/digits';
import type { Db } from '~db/client';
import { mailConfirmation, mailLoginCode, mailNoAccount } from './account-mails';
import { knownDevice } from './known-devices';
import { beginAttempt, readAttempt, tryCode, voidAttempts } from './login-attempts';
import { type Asking, countMail } from './mail-limits';
import { type Grant, issueToken, spendToken, voidTokens } from './mail-tokens';

const DIGITS = 8;

export interface CodeWish extends Asking {
  email: string;
  /** BCP 47; language of the email if the account has none. */
  language: string;
  /** The path on this site to redirect to after login. */
  redirectTo: string | null;
  /** The browser's device token, from its cookie. */
  device: string | null;
}

/**
 * Sends a code to type in the requesting browser, and a link for any other browser. Returns the
 * token for that browser's cookie. For an address without an account the steps look the same, and
 * the email says so. An unconfirmed address gets its confirmation link instead, because the person
 * who chose its password may not own the address.
 * @throws DomainError if it is not an email address, or `too-many`.
 */
export async function requestCode(app: AppContext, wish: CodeWish): Promise<string> {
  const { clock } = app;
  const email = readEmail(wish.email);
  if (!email) throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  const account = await accountByEmail(app.db.reader, email);
  await countCodes(app, email, wish, await knownDevice(app, account, wish.device));
  const token = await tokenFor(app, email, wish.key);
  return app.db.write(async (tx) => {
    if (await readAttempt(tx, clock, 'code', token)) return token;
    if (account) return sendCode(tx, app, account, { ...wish, token });
    await beginAttempt(tx, clock, 'code', { userId: null, redirectTo: wish.redirectTo, token });
    await mailNoAccount(tx, app, { email, language: wish.language });
    return token;
  });
}

/**
 * Starts a login step that needs a code, after too many attempts at an account. The code is
 * emailed to the account if there is one, that is, if the password was right; the answer does not
 * tell. Returns the token for the browser's cookie.
 */
export async function requireCode(
  app: AppContext,
  account: Account | null,
  wish: Pick<CodeWish, 'language' | 'redirectTo'>,
): Promise<string> {
  const mayMail = account !== null && (await isWithinLimit(app, 'code-password', account.id));
  return app.db.write((tx) =>
    mayMail
      ? sendCode(tx, app, account, wish)
      : beginAttempt(tx, app.clock, 'code', { userId: null, redirectTo: wish.redirectTo }),
  );
}

/** Starts the step for an account and emails its code, or the link that confirms its address. */
async function sendCode(
  tx: Db,
  app: AppContext,
  account: Account,
  { language, redirectTo, token }: Pick<CodeWish, 'language' | 'redirectTo'> & { token?: string },
): Promise<string> {
  const { clock } = app;
  const { id: userId, email } = account;
  const isConfirmed = account.confirmedAt !== null;
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  const begun = await beginAttempt(tx, clock, 'code', {
    userId: isConfirmed ? userId : null,
    redirectTo,
    code,
    ...(token !== undefined && { token }),
  });
  if (!email) return begun;
  const to = { email, language: account.language ?? language };
  const purpose = isConfirmed ? 'login' : 'confirm';
  const link = await issueToken(tx, clock, purpose, { userId, redirectTo });
  if (isConfirmed) await mailLoginCode(tx, app, to, { code, token: link });
  else await mailConfirmation(tx, app, to, { token: link, waiting: null });
  return begun;
}

/** The result of a typed code: the account, or that it was wrong or has expired. */
export type CodeOutcome = Grant | 'wrong' | 'gone';

/** Checks a code in the browser that requested it; in its own transaction, to count attempts. */
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

/** Uses the link of the email, in any browser; null if it is unknown, used or expired. */
export async function enterByLink(tx: Db, app: AppContext, token: string): Promise<Grant | null> {
  const grant = await spendToken(tx, app.clock, 'login', token);
  if (grant) await voidAttempts(tx, grant.userId, 'code');
  return grant;
}

/** Reads a code as people type it: with spaces, or with the digits of their own script. */
export function readCode(typed: string): string {
  return asciiDigits(typed.normalize('NFKC')).replace(/[\s-]/g, '');
}

async function countCodes(
  app: AppContext,
  email: string,
  { address }: Asking,
  device: string | null,
): Promise<void> {
  // With a known browser the owner can always request a code, even if others have used up the
  // limits of the address and of the network.
  if (device) return countUse(app, 'code-device', device);
  await countNetworkUse(app, 'code-network', address, digestOf(mailboxKey(email)));
  await countMail(app, 'code', email, address);
}

/** The same form sent twice starts one attempt and sends one email. */
async function tokenFor(app: AppContext, email: string, key: string | undefined): Promise<string> {
  if (!key) return newToken();
  return createHmac('sha256', await linkSecret(app))
    .update(`code:${emailKey(email)}:${key}`)
    .digest('base64url');
}
