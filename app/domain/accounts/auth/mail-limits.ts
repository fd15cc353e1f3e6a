import type { AppContext } from '~/platform/app-context';
import { digestOf } from '~/platform/ids';
import { mailboxKey } from '~/platform/mail/email-address';
import { countUse } from '~/platform/rate-limits/limiter';
import { networkOf } from '~/platform/rate-limits/network';

/** Who asks for a mail, and from where. */
export interface Asking {
  /** The network address of the client. */
  address: string;
  /** The form's key: sent twice, it sends one mail. */
  key?: string | undefined;
}

/**
 * Counts a mail that somebody causes to an address that need not be theirs.
 * @throws DomainError `too-many`.
 */
export async function countMail(app: AppContext, email: string, address: string): Promise<void> {
  await countUse(app, 'mail-network', networkOf(address));
  await countUse(app, 'mail-address', digestOf(mailboxKey(email)));
}
