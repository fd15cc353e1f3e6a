import { and, asc, count, desc, eq, ne } from 'drizzle-orm';
import { countPosts } from '~/domain/forum/posts/count-posts';
import { postsInAnyState, publicPost } from '~/domain/forum/visibility';
import type { Titled } from '~/platform/community/community';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

export const POSTS_A_PAGE = 20;

export interface AuthoredPost {
  id: string;
  thread: Titled;
  excerpt: string;
  language: string;
  createdAt: number;
}

/** Returns one page (from 1) of a person's public posts, newest first, and their total number. */
export async function publicPostsBy(
  db: Db,
  authorId: string,
  page: number,
): Promise<{ posts: AuthoredPost[]; total: number }> {
  const theirs = and(eq(posts.authorId, authorId), publicPost());
  const found = await db
    .select({
      id: posts.id,
      thread: { id: threads.id, title: threads.title, language: threads.language },
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
  return { posts: found, total: await countPosts(db, theirs) };
}

/** Returns the newest posts of a person in any state, except drafts and posts they deleted. */
export async function recordOfPosts(db: Db, personId: string) {
  return db
    .select({
      id: posts.id,
      state: posts.state,
      threadState: threads.state,
      excerpt: posts.excerpt,
      language: posts.language,
      createdAt: posts.createdAt,
      thread: { id: threads.id, title: threads.title, language: threads.language },
    })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.authorId, personId), ne(posts.state, 'deleted')))
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(50);
}

/** Returns the number of a person's posts in each state of theirs and of their threads. */
export async function countPostStates(db: Db, personId: string) {
  return db
    .select({ state: posts.state, threadState: threads.state, count: count() })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(eq(posts.authorId, personId))
    .groupBy(posts.state, threads.state)
    .orderBy(asc(posts.state), asc(threads.state));
}
