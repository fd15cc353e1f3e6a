import { and, eq, isNull } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import type { PostState } from '~db/schema/conversation';
import { announce } from './post-events';

/** Changes a post's state by a moderator's decision; publishes it the first time it is shown. */
export async function setPostState(
  tx: Db,
  clock: Clock,
  { id, threadId, state: from }: { id: string; threadId: string; state: PostState },
  state: PostState,
): Promise<void> {
  if (state === from) return;
  const post = { id, threadId, state, before: { state: from } };
  await tx.update(posts).set({ state }).where(eq(posts.id, id));
  await announce(tx, clock, 'moderated', [post]);
  if (state !== 'visible') return;
  const shown = await tx
    .update(posts)
    .set({ shownAt: clock.now() })
    .where(and(eq(posts.id, id), isNull(posts.shownAt)))
    .returning({ id: posts.id });
  if (shown.length > 0) await announce(tx, clock, 'published', [post]);
}

/** Undoes the first publication of a post; its state has been changed back already. */
export async function unpublish(
  tx: Db,
  clock: Clock,
  post: { id: string; threadId: string; state: PostState },
): Promise<void> {
  await tx.update(posts).set({ shownAt: null }).where(eq(posts.id, post.id));
  await announce(tx, clock, 'unpublished', [post]);
}
