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
 * Notifies the people whom a public post mentions since its text was changed: each once per post, however often
 * it is edited, and nobody who was notified of it for another reason.
 */
export async function notifyMentioned(tx: Db, clock: Clock, postId: string): Promise<void> {
  const [post] = await readText(tx, { postId });
  const people = post ? await mentionedIn(tx, post.html) : [];
  if (!post || people.length === 0) return;
  const told = await tx
    .select({ userId: notifications.userId })
    .from(notifications)
    .where(and(eq(notifications.postId, postId), inArray(notifications.userId, people)));
  const done = new Set([post.authorId, ...told.map(({ userId }) => userId)]);
  const rest = people.filter((id) => !done.has(id));
  await notifyAll(tx, clock, rest, { kind: 'mention', postId });
}

/** Returns the ids of the people whom a post's HTML mentions. */
export async function mentionedIn(tx: Db, html: string): Promise<string[]> {
  const keys = mentionedHandles(html);
  if (keys.length === 0) return [];
  return idsOf(await tx.select({ id: users.id }).from(users).where(inArray(users.handleKey, keys)));
}
