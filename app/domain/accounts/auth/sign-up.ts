import {
  accountByEmail,
  accountById,
  type Credentials,
  checkCredentials,
  confirmAddress,
  insertAccount,
  isHandleTaken,
} from '~/domain/accounts/users/accounts';
import { emailKey } from '~/domain/accounts/users/emails';
import { isReservedHandle } from '~/domain/accounts/users/handles';
import { once } from '~/domain/forum/posts/submissions';
import type { Site } from '~/platform/app-context';
import { Refusal } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { mailAccountExists, mailConfirmation } from './account-mails';
import { type Asking, countMail } from './mail-limits';
import { type Grant, issueToken, spendToken } from './mail-tokens';
import { hashPassword } from './passwords';

export interface SignUp extends Credentials, Asking {
  /** BCP 47, of pages and mails. */
  language: string;
  /** The path of this site that the person was on the way to. */
  redirectTo: string | null;
  /** What else is to be done for the account, in the same transaction; `known` is one of before. */
  onAccount?: (tx: Db, account: { userId: string; known: boolean }) => Promise<void>;
}

/** Where everybody is sent who asked for a mail, whatever is in it. */
export const SENT = '/signup/sent';

/**
 * Makes an account and sends the link that confirms it. The answer does not tell whether the
 * address is known: if it is, no account is made and its owner is told so by mail.
 * @throws Refusal when something cannot stand, the handle is taken, or too much was asked for.
 */
export async function signUp(site: Site, given: SignUp): Promise<string> {
  const { email, handle, password } = checkCredentials(given);
  if (isReservedHandle(handle)) {
    throw new Refusal('refused', 'people.error.handleReserved', { field: 'handle' });
  }
  // Handles are public, so this tells nothing; it is asked before a mail is counted.
  if (await isHandleTaken(site.db.reader, handle)) throw handleTaken();
  await countMail(site, email, given.address);
  const passwordHash = await hashPassword(password);
  return site.db.write((tx) =>
    once(tx, site.clock, `signup:${digestOf(emailKey(email))}`, given.key, async () => {
      const known = await accountByEmail(tx, email);
      if (known) {
        await mailAccountExists(tx, site, {
          email: known.email ?? email,
          language: known.language,
          waiting: Boolean(given.onAccount),
        });
        await given.onAccount?.(tx, { userId: known.id, known: true });
        return SENT;
      }
      if (await isHandleTaken(tx, handle)) throw handleTaken();
      const { language, redirectTo } = given;
      const userId = await insertAccount(tx, site.clock, { email, handle, passwordHash, language });
      if (userId) {
        await sendLink(tx, site, { userId, email, language, redirectTo });
        await given.onAccount?.(tx, { userId, known: false });
      } else if (await isHandleTaken(tx, handle)) {
        throw handleTaken();
      } else {
        // The address was signed up at this very moment by another process.
        await mailAccountExists(tx, site, { email, language });
      }
      return SENT;
    }),
  );
}

/** Sends a person who has not confirmed yet another link; nothing to those who have. */
export async function sendLinkAgain(site: Site, userId: string, asking: Asking): Promise<string> {
  const account = await accountById(site.db.reader, userId);
  if (!account?.email || account.confirmedAt !== null) return '/';
  const { email, language } = account;
  await countMail(site, email, asking.address);
  return site.db.write((tx) =>
    once(tx, site.clock, userId, asking.key, async () => {
      await sendLink(tx, site, { userId, email, language, redirectTo: null });
      return SENT;
    }),
  );
}

/** Uses the link of a confirmation mail; null when it is unknown, used or run out. */
export async function confirm(tx: Db, site: Site, token: string): Promise<Grant | null> {
  const grant = await spendToken(tx, site.clock, 'confirm', token);
  if (grant) await confirmAddress(tx, site.clock, grant.userId);
  return grant;
}

interface LinkFor {
  userId: string;
  email: string;
  language: string | null;
  redirectTo: string | null;
}

async function sendLink(tx: Db, site: Site, { userId, redirectTo, ...to }: LinkFor): Promise<void> {
  const token = await issueToken(tx, site.clock, 'confirm', { userId, redirectTo });
  await mailConfirmation(tx, site, to, token);
}

function handleTaken(): Refusal {
  return new Refusal('refused', 'people.error.handleTaken', { field: 'handle' });
}
