import type { AnyColumn } from 'drizzle-orm';
import { and, asc, eq, gt, or, type SQL } from 'drizzle-orm';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { type PostInThread, publicPostsOf } from './posts';

/** The position of the last item that a client has read. */
export interface After {
  createdAt: number;
  id: string;
}

/**
 * Condition for items after a position, oldest first. New items are added at the end, so a client
 * never gets an item twice.
 */
export function isAfter(
  after: After | null,
  of: { createdAt: AnyColumn; id: AnyColumn },
): SQL | undefined {
  if (!after) return undefined;
  return or(
    gt(of.createdAt, after.createdAt),
    and(eq(of.createdAt, after.createdAt), gt(of.id, after.id)),
  );
}

/** Returns the public posts that match a condition, oldest first, after a given one. */
export async function publicPostsAfter(
  db: Db,
  where: SQL | undefined,
  after: After | null,
  limit: number,
): Promise<PostInThread[]> {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(publicPost(), where, isAfter(after, posts)))
    .orderBy(asc(posts.createdAt), asc(posts.id))
    .limit(limit);
  return publicPostsOf(
    db,
    rows.map(({ id }) => id),
  );
}
