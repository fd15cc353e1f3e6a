import { and, eq, inArray, sql } from 'drizzle-orm';
import { mentionedHandles } from '~/domain/forum/posts/mentions';
import { visiblePost } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { notifications, posts, users } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { notifyAll } from './notify';

const readText = prepared((db) =>
  db
    .select({ html: posts.html, authorId: posts.authorId })
    .from(posts)
    .where(and(eq(posts.id, sql.placeholder('postId')), visiblePost())),
);

/**
 * Notifies the people mentioned in a public post: each once per post, however often it is edited,
 * and nobody who was notified of it for another reason.
 */
export async function notifyMentioned(tx: Db, clock: Clock, postId: string): Promise<void> {
  const [post] = await readText(tx, { postId });
  const keys = post ? mentionedHandles(post.html) : [];
  if (!post || keys.length === 0) return;
  const people = await tx
    .select({ id: users.id })
    .from(users)
    .where(inArray(users.handleKey, keys));
  const told = await tx
    .select({ userId: notifications.userId })
    .from(notifications)
    .where(and(eq(notifications.postId, postId), inArray(notifications.userId, idsOf(people))));
  const done = new Set([post.authorId, ...told.map(({ userId }) => userId)]);
  const rest = people.flatMap(({ id }) => (done.has(id) ? [] : [id]));
  await notifyAll(tx, clock, rest, { kind: 'mention', postId });
}
