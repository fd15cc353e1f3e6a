import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { conversations } from '~db/schema';

/**
 * Stores that windows have opened or closed since the last run. Posts are refused at the exact time
 * without it; the change of the row makes stored pages say so.
 */
export async function tendWindows(tx: Db, clock: Clock): Promise<void> {
  const now = clock.now();
  const { state, opensAt, openedAt, closesAt } = conversations;
  const isOpen = eq(state, 'open');
  await tx
    .update(conversations)
    .set({ openedAt: opensAt })
    .where(and(isOpen, lte(opensAt, now), or(isNull(openedAt), gt(opensAt, openedAt))));
  await tx
    .update(conversations)
    .set({ state: 'closed', closedAt: closesAt })
    .where(and(isOpen, lte(closesAt, now)));
}
