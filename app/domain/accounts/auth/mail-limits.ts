import type { AppContext } from '~/platform/app-context';
import { digestOf } from '~/platform/ids';
import { mailboxKey } from '~/platform/mail/email-address';
import { countUse } from '~/platform/rate-limits/limiter';
import { networkOf } from '~/platform/rate-limits/network';

/** A request for an email, with its origin. */
export interface Asking {
  /** The client's IP address. */
  address: string;
  /** The form's key: sent twice, it causes only one email. */
  key?: string | undefined;
}

/**
 * Counts an email to an address that may not belong to the requester.
 * @throws DomainError `too-many`.
 */
export async function countMail(app: AppContext, email: string, address: string): Promise<void> {
  await countUse(app, 'mail-network', networkOf(address));
  await countUse(app, 'mail-address', digestOf(mailboxKey(email)));
}
