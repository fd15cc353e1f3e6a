import {
  accountByEmail,
  accountById,
  accountOfMailbox,
  confirmAddress,
  insertAccount,
  isHandleTaken,
} from '~/domain/accounts/users/accounts';
import { suggestHandle } from '~/domain/accounts/users/suggest-handle';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { digestOf } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import { pathTo } from '~/platform/paths';
import { once, sentBefore } from '~/platform/submissions';
import type { Db } from '~db/client';
import {
  mailAccountExists,
  mailConfirmation,
  type WaitingForOwner,
  type WaitingMail,
} from './account-mails';
import { type Credentials, checkCredentials, requireUnreserved } from './credentials';
import { type Asking, countMail } from './mail-limits';
import { type Grant, issueToken, spendToken } from './mail-tokens';
import { hashPassword } from './passwords';

export interface SignUp extends Omit<Credentials<string | null>, 'handle'>, Asking {
  /** Null for a suggested one. */
  handle: string | null;
  /** BCP 47; language of pages and emails. */
  language: string;
  /** The path on this site to redirect to after confirmation. */
  redirectTo: string | null;
  /** Gets the token of the link that was sent; not called if none was. */
  onLink?: (token: string) => void;
  /** Assigns what was sent before sign-up to the account, in the same transaction. */
  onAccount?: {
    made(tx: Db, userId: string): Promise<WaitingMail | null>;
    /** The account existed already and may belong to someone else. */
    known(tx: Db, userId: string): Promise<WaitingForOwner | null>;
  };
}

/** The redirect after every sign-up, whatever email it causes. */
const SENT = pathTo('/signup/sent');

/**
 * Creates an account, with a password or without, and sends the link that confirms it. The response
 * does not reveal whether the email address, or another spelling of its mailbox, already has an account:
 * if so, none is created and its owner is told by email.
 * @throws DomainError if a field is not valid, the handle is taken, or there were too many
 * requests.
 */
export async function signUp(app: AppContext, given: SignUp): Promise<string> {
  const wanted = { ...given, handle: given.handle ?? (await suggestHandle(app)) };
  const { email, handle, password } = await checkCredentials(app, wanted);
  requireUnreserved(app, handle);
  const by = `signup:${digestOf(emailKey(email))}`;
  const form = { by, key: given.key, sent: given.handle };
  // Handles are public, so this reveals nothing; it is checked before the email is counted.
  if (await isHandleTaken(app.db.reader, handle)) {
    const before = await sentBefore(app.db.reader, form);
    if (before) return before;
    throw handleTaken();
  }
  await countMail(app, 'confirm', email, given.address);
  const passwordHash = password === null ? null : await hashPassword(password);
  return app.db.write((tx) =>
    once(tx, app.clock, form, async () => {
      const known = (await accountByEmail(tx, email)) ?? (await accountOfMailbox(tx, email));
      if (known) {
        const { language } = known;
        const offer = (await given.onAccount?.known(tx, known.id)) ?? null;
        // To the address of the account: the other spelling may be another person's.
        const alias = known.emailKey !== emailKey(email);
        await mailAccountExists(tx, app, { email: known.email ?? email, language, offer, alias });
        return SENT;
      }
      if (await isHandleTaken(tx, handle)) throw handleTaken();
      const { language, redirectTo } = given;
      const userId = await insertAccount(tx, app.clock, { email, handle, passwordHash, language });
      if (userId) {
        const waiting = (await given.onAccount?.made(tx, userId)) ?? null;
        const token = await sendLink(tx, app, { userId, email, language, redirectTo, waiting });
        given.onLink?.(token);
      } else if (await isHandleTaken(tx, handle)) {
        throw handleTaken();
      } else {
        // Another process signed up the same address at the same moment.
        await mailAccountExists(tx, app, { email, language, offer: null });
      }
      return SENT;
    }),
  );
}

/** Sends the confirmation link again, unless the person has confirmed. */
export async function sendLinkAgain(
  app: AppContext,
  userId: string,
  { waiting, ...asking }: Asking & { waiting: WaitingMail | null },
): Promise<string> {
  const account = await accountById(app.db.reader, userId);
  if (!account?.email || account.confirmedAt !== null) return '/';
  const { email, language } = account;
  await countMail(app, 'confirm', email, asking.address);
  return app.db.write((tx) =>
    once(tx, app.clock, { by: userId, key: asking.key, sent: 'confirm' }, async () => {
      await sendLink(tx, app, { userId, email, language, redirectTo: null, waiting });
      return SENT;
    }),
  );
}

/**
 * Uses the link of a confirmation email; null if it is unknown, used or expired, or if the mailbox has
 * another account meanwhile: its owner is told so by email, and `pass` leaves to them what waited.
 */
export async function confirm(
  tx: Db,
  app: AppContext,
  token: string,
  pass: (accounts: { from: string; to: string }) => Promise<WaitingForOwner | null>,
): Promise<Grant | null> {
  const grant = await spendToken(tx, app.clock, 'confirm', token);
  if (!grant || (await confirmAddress(tx, app.clock, grant.userId))) return grant;
  const { email } = (await accountById(tx, grant.userId)) ?? {};
  const known = email ? await accountOfMailbox(tx, email, grant.userId) : null;
  if (known?.email) {
    const to = { email: known.email, language: known.language };
    const offer = await pass({ from: grant.userId, to: known.id });
    await mailAccountExists(tx, app, { ...to, offer, alias: true });
  }
  return null;
}

interface LinkFor {
  userId: string;
  email: string;
  language: string | null;
  redirectTo: string | null;
  /** What opening the link also posts. */
  waiting: WaitingMail | null;
}

async function sendLink(
  tx: Db,
  app: AppContext,
  { userId, redirectTo, waiting, ...to }: LinkFor,
): Promise<string> {
  const token = await issueToken(tx, app.clock, 'confirm', { userId, redirectTo });
  await mailConfirmation(tx, app, to, { token, waiting });
  return token;
}

function handleTaken(): DomainError {
  return new DomainError('refused', 'people.error.handleTaken', { field: 'handle' });
}
