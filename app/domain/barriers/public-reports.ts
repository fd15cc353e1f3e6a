import { and, desc, eq, type SQL } from 'drizzle-orm';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

/** A public post that may report a barrier, to be compared with others. */
export interface PublicReport {
  id: string;
  authorId: string;
  /** Null unless it answers another post. */
  parentId: string | null;
  /** Markdown. */
  text: string;
  /** BCP 47. */
  language: string;
}

/**
 * Returns public posts that may report a barrier.
 * @param where further conditions on `posts`
 * @param order what comes before the newest
 */
export function publicReports(
  db: Db,
  { where, order = [], limit }: { where?: SQL; order?: SQL[]; limit: number },
): Promise<PublicReport[]> {
  return db
    .select({
      id: posts.id,
      authorId: posts.authorId,
      parentId: posts.parentId,
      text: posts.body,
      language: posts.language,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(publicPost(), mayReportBarrier(), where))
    .orderBy(...order, desc(posts.createdAt), desc(posts.id))
    .limit(limit);
}
