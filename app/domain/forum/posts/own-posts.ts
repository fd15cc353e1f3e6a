import { and, eq } from 'drizzle-orm';
import {
  postsInAnyState,
  type Reader,
  readablePost,
  readableThread,
} from '~/domain/forum/visibility';
import { type Clock, DAY } from '~/platform/clock';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

export type PostRow = typeof posts.$inferSelect;

/** Returns a post that its author may edit or delete, in a thread that they can open. */
export async function findOwnPost(db: Db, id: string, reader: Reader): Promise<PostRow | null> {
  if (!reader.personId) return null;
  const [row] = await db
    .select({ post: posts })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        eq(posts.id, id),
        eq(posts.authorId, reader.personId),
        readablePost(reader),
        readableThread(reader),
      ),
    );
  return row?.post ?? null;
}

/** Time for which the author of a deleted post can read and restore it. */
export const DELETED_KEPT = 30 * DAY;

/** A deleted post, visible to its author only. */
export interface DeletedPost {
  id: string;
  body: string;
  html: string;
  language: string;
  /** Time at which its text will be erased, UTC ms. */
  purgedAt: number;
}

/** Returns a deleted post that its author can still restore; null for everyone else. */
export async function findDeleted(
  db: Db,
  clock: Clock,
  id: string,
  personId: string,
): Promise<DeletedPost | null> {
  const [row] = await db
    .select()
    .from(postsInAnyState)
    .where(and(eq(posts.id, id), eq(posts.authorId, personId), eq(posts.state, 'deleted')));
  if (!row || row.deletedAt === null) return null;
  const purgedAt = row.deletedAt + DELETED_KEPT;
  if (purgedAt <= clock.now() || row.body === '') return null;
  return { id, body: row.body, html: row.html, language: row.language, purgedAt };
}
