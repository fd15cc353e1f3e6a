import { and, eq, inArray } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { notify } from '~/domain/notifications/notify';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { notifications, posts } from '~db/schema';

/**
 * Notifies authors that a digest quotes them, and where they can object, in the transaction of the
 * publication: once per post, however many digests and versions quote it.
 */
export async function tellQuoted(tx: Db, clock: Clock, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return;
  const told = await tx
    .select({ postId: notifications.postId })
    .from(notifications)
    .where(and(eq(notifications.kind, 'quoted'), inArray(notifications.postId, [...postIds])));
  const known = new Set(told.map(({ postId }) => postId));
  const authors = await tx
    .select({ postId: posts.id, userId: posts.authorId })
    .from(postsInAnyState)
    .where(inArray(posts.id, [...postIds]));
  for (const { postId, userId } of authors) {
    if (!known.has(postId)) await notify(tx, clock, { userId, kind: 'quoted', postId });
  }
}
