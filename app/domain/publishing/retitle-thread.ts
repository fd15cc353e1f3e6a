import { and, eq } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { announce } from './post-events';

/** Changes a thread's title; its URL stays the same. */
export async function retitleThread(
  tx: Db,
  clock: Clock,
  threadId: string,
  title: string,
): Promise<void> {
  await tx.update(threads).set({ title }).where(eq(threads.id, threadId));
  await announceTitle(tx, clock, threadId);
}

/** Announces that a thread has another title, in its own language or another. */
export async function announceTitle(tx: Db, clock: Clock, threadId: string): Promise<void> {
  const openings = await tx
    .select({ id: posts.id, threadId: posts.threadId, state: posts.state })
    .from(postsInAnyState)
    .where(and(eq(posts.threadId, threadId), eq(posts.isOpening, true)));
  await announce(tx, clock, 'retitled', openings);
}
