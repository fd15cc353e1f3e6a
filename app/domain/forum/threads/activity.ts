import { and, eq, max } from 'drizzle-orm';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

/**
 * Sets when a thread was last active: its newest public contribution, or its beginning when there
 * is none. For whatever adds or hides posts out of their order in time.
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
