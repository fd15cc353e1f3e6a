import type { AppContext } from '~/platform/app-context';
import { digestOf } from '~/platform/ids';
import { mailboxKey } from '~/platform/mail/email-address';
import { countNetworkUse, countUse, isWithinLimit } from '~/platform/rate-limits/limiter';

/** A request for an email, with its origin. */
export interface Asking {
  /** The client's IP address. */
  address: string;
  /** The form's key: sent twice, it causes only one email. */
  key?: string | undefined;
}

/** What an email is for. Each has its own limit, so that one cannot use up another's. */
export type MailPurpose =
  | 'confirm'
  | 'reset'
  | 'code'
  | 'address'
  | 'report'
  | 'subscription'
  | 'invitation';

/**
 * Counts an email to an address that may not belong to the requester.
 * @throws DomainError `too-many`; for the address, for an hour at most.
 */
export async function countMail(
  app: AppContext,
  purpose: MailPurpose,
  email: string,
  address: string,
): Promise<void> {
  await countNetworkUse(app, 'mail-network', address);
  await countMailTo(app, purpose, email);
}

/**
 * The same without the requester's network.
 * @throws DomainError `too-many`, for an hour at most.
 */
export async function countMailTo(
  app: AppContext,
  purpose: MailPurpose,
  email: string,
): Promise<void> {
  const key = `${purpose}|${digestOf(mailboxKey(email))}`;
  if (await isWithinLimit(app, 'mail-address', key)) return;
  await countUse(app, 'mail-address-more', key);
}
