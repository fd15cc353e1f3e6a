import { and, gt, isNotNull, isNull } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import { mailboxKey } from '~/platform/mail/email-address';
import type { Db } from '~db/client';
import { addressChanges } from '~db/schema';

/** True if an account has just left the mailbox of this address and can still be moved back to it. */
export async function isReservedAddress(db: Db, clock: Clock, email: string): Promise<boolean> {
  const left = await db
    .select({ key: addressChanges.oldKey })
    .from(addressChanges)
    .where(
      and(
        isNotNull(addressChanges.confirmedAt),
        isNull(addressChanges.undoneAt),
        gt(addressChanges.undoUntil, clock.now()),
      ),
    );
  return left.some(({ key }) => mailboxKey(key) === mailboxKey(email));
}
