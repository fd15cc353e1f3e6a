import { and, count, eq, min, type SQL } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

/**
 * Counts the posts that meet all conditions, which may be about their threads as well, and say who may see
 * the posts.
 */
export async function countPosts(db: Db, ...conditions: (SQL | undefined)[]): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(...conditions));
  return row?.n ?? 0;
}

/** When the first post of the site was written, opening posts included, UTC milliseconds; null: none was. */
export async function firstPostAt(db: Db): Promise<number | null> {
  const [row] = await db.select({ at: min(posts.createdAt) }).from(postsInAnyState);
  return row?.at ?? null;
}

/** True if at least `least` posts meet all conditions; reads no more of them than that. */
export async function hasPosts(
  db: Db,
  least: number,
  ...conditions: (SQL | undefined)[]
): Promise<boolean> {
  const found = await db
    .select({ id: posts.id })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(...conditions))
    .limit(least);
  return found.length >= least;
}
