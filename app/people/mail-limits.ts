import { digestOf } from '../ids';
import { countUse } from '../limits/limiter';
import { networkOf } from '../limits/network';
import type { Site } from '../site';
import { emailKey } from './emails';

/** Who asks for a mail, and from where. */
export interface Asking {
  /** The network address of the client. */
  address: string;
  /** The form's key: sent twice, it sends one mail. */
  key?: string | undefined;
}

/**
 * Counts a mail that somebody causes to an address that need not be theirs.
 * @throws Refusal `too-many`.
 */
export async function countMail(site: Site, email: string, address: string): Promise<void> {
  await countUse(site, 'mail-network', networkOf(address));
  await countUse(site, 'mail-address', digestOf(emailKey(email)));
}
