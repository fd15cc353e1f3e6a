import { and, eq, max } from 'drizzle-orm';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

/**
 * Sets the time of a thread's last activity: of its newest public contribution or, if there is
 * none, its creation. Call it after adding or hiding posts out of chronological order.
 */
export async function refreshActivity(tx: Db, threadId: string): Promise<void> {
  const [newest] = await tx
    .select({ at: max(posts.createdAt) })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.threadId, threadId), eq(posts.isOpening, false), publicPost()));
  await tx
    .update(threads)
    .set({ activeAt: newest?.at ?? threads.createdAt })
    .where(eq(threads.id, threadId));
}
