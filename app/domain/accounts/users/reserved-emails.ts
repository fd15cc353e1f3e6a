import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { addressChanges } from '~db/schema';

/** True if an account has just left this address and can still be moved back to it. */
export async function isReservedAddress(db: Db, clock: Clock, emailKey: string): Promise<boolean> {
  const [row] = await db
    .select({ id: addressChanges.id })
    .from(addressChanges)
    .where(
      and(
        eq(addressChanges.oldKey, emailKey),
        isNotNull(addressChanges.confirmedAt),
        isNull(addressChanges.undoneAt),
        gt(addressChanges.undoUntil, clock.now()),
      ),
    )
    .limit(1);
  return row !== undefined;
}
