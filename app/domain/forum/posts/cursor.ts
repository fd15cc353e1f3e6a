import type { AnyColumn } from 'drizzle-orm';
import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import { EVERYBODY, publicPost } from '~/domain/forum/visibility';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { firstBytes } from './page-budget';
import { type PostInThread, publicPostsOf } from './posts';

/** The position of the last item that a client has read. */
export interface After {
  createdAt: number;
  id: string;
}

/** Condition for items after a position, oldest first: no client gets an item twice. */
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

/** What the texts of one API response take at most, in bytes. A post alone may take more. */
const ANSWER_BYTES = 400_000;

/**
 * Returns the public posts that match a condition, oldest first, after a known one: at most `limit`,
 * and fewer if their texts take more than `most` bytes. `rest` is the last of them if there are more.
 */
export async function publicPostsAfter(
  db: Db,
  where: SQL | undefined,
  after: After | null,
  limit: number,
  { html = true, most = ANSWER_BYTES }: { html?: boolean; most?: number } = {},
): Promise<{ page: PostInThread[]; rest: After | null }> {
  const asTyped = sql<number>`octet_length(${posts.body})`;
  const withHtml = sql<number>`octet_length(${posts.body}) + octet_length(${posts.html})`;
  const found = await db
    .select({ id: posts.id, createdAt: posts.createdAt, bytes: html ? withHtml : asTyped })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(publicPost(), where, isAfter(after, posts)))
    .orderBy(asc(posts.createdAt), asc(posts.id))
    .limit(limit + 1);
  const page = firstBytes(found.slice(0, limit), most, ({ bytes }) => bytes);
  return {
    page: await publicPostsOf(db, idsOf(page), EVERYBODY, html ? 'all' : 'none'),
    rest: page.length < found.length ? (page.at(-1) ?? null) : null,
  };
}
