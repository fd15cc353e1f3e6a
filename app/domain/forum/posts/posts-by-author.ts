import { and, count, desc, eq } from 'drizzle-orm';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

export const POSTS_A_PAGE = 20;

export interface AuthoredPost {
  id: string;
  title: string;
  titleLanguage: string;
  excerpt: string;
  language: string;
  createdAt: number;
}

/** One page, from 1, of what a person has published, newest first, and how much it is. */
export async function publicPostsBy(
  db: Db,
  authorId: string,
  page: number,
): Promise<{ posts: AuthoredPost[]; total: number }> {
  const theirs = and(eq(posts.authorId, authorId), publicPost());
  const [row] = await db
    .select({ total: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(theirs);
  const found = await db
    .select({
      id: posts.id,
      title: threads.title,
      titleLanguage: threads.language,
      excerpt: posts.excerpt,
      language: posts.language,
      createdAt: posts.createdAt,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(theirs)
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(POSTS_A_PAGE)
    .offset((page - 1) * POSTS_A_PAGE);
  return { posts: found, total: row?.total ?? 0 };
}
