import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { EVERYBODY, publicPost } from '~/domain/forum/visibility';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { isAfter, type Position } from '~db/position';
import { posts, threads } from '~db/schema';
import { firstBytes } from './page-budget';
import { type PostInThread, publicPostsOf } from './posts';

/** What the texts of one API response take at most, in bytes. A post alone may take more. */
const ANSWER_BYTES = 400_000;

/**
 * Returns the public posts that match a condition, oldest first, after a known one: at most `limit`,
 * and fewer if their texts take more than `most` bytes. `rest` is the last of them if there are more.
 */
export async function publicPostsAfter(
  db: Db,
  where: SQL | undefined,
  after: Position | null,
  limit: number,
  { html = true, most = ANSWER_BYTES }: { html?: boolean; most?: number } = {},
): Promise<{ page: PostInThread[]; rest: Position | null }> {
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
