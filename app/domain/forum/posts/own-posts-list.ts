import { and, count, desc, eq, gt, ne, not, or, type SQL, sql } from 'drizzle-orm';
import { countPosts } from '~/domain/forum/posts/count-posts';
import { postsInAnyState, publicPost } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import type { Titled } from '~/platform/community/community';
import { PAGE_SIZE, type Paging, pagingOf } from '~/platform/paging';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { DELETED_KEPT } from './own-posts';

/**
 * What a person's own post is at the moment:
 * - `public`: everybody can read it
 * - `waiting`: a moderator has to read it first
 * - `hidden`: a moderator hid it
 * - `withdrawn`: it is not hidden itself, but its thread is not public
 * - `deleted`: they deleted it and can still restore it
 */
export const OWN_POST_STATES = ['public', 'waiting', 'hidden', 'withdrawn', 'deleted'] as const;
export type OwnPostState = (typeof OWN_POST_STATES)[number];

export interface OwnPost {
  id: string;
  state: OwnPostState;
  isOpening: boolean;
  excerpt: string;
  language: string;
  createdAt: number;
  /** Of a deleted post: when its text is erased, UTC ms. */
  erasedAt: number | null;
  thread: Titled;
}

/**
 * Returns one page of a person's own posts, newest first, in one state or in all, and how many there
 * are in each.
 */
export async function listOwnPosts(
  db: Db,
  clock: Clock,
  personId: string,
  state: OwnPostState | null,
  wantedPage: number,
): Promise<Paging & { posts: OwnPost[]; counts: Record<OwnPostState, number> }> {
  const kept = and(
    eq(posts.state, 'deleted'),
    ne(posts.body, ''),
    gt(posts.deletedAt, clock.now() - DELETED_KEPT),
  );
  const theirs = and(eq(posts.authorId, personId), or(ne(posts.state, 'deleted'), kept)) as SQL;
  const stateNow = sql<OwnPostState>`case
    when ${posts.state} = 'held' then 'waiting'
    when ${posts.state} = 'hidden' then 'hidden'
    when ${posts.state} = 'deleted' then 'deleted'
    when ${publicPost()} then 'public'
    else 'withdrawn' end`;
  // As a subquery, because PostgreSQL does not see that two expressions with parameters are the same.
  const own = db
    .select({
      id: posts.id,
      state: stateNow.as('own_state'),
      isOpening: posts.isOpening,
      excerpt: posts.excerpt,
      language: posts.language,
      createdAt: posts.createdAt,
      deletedAt: posts.deletedAt,
      threadId: posts.threadId,
      title: sql<string>`${threads.title}`.as('title'),
      titleLanguage: sql<string>`${threads.language}`.as('title_language'),
    })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(theirs)
    .as('own');
  const found = await db.select({ state: own.state, n: count() }).from(own).groupBy(own.state);
  const counts = Object.fromEntries(OWN_POST_STATES.map((one) => [one, 0])) as Record<
    OwnPostState,
    number
  >;
  for (const row of found) counts[row.state] = row.n;
  const total = state ? counts[state] : Object.values(counts).reduce((sum, n) => sum + n, 0);
  const paging = pagingOf(wantedPage, total);
  const rows = await db
    .select()
    .from(own)
    .where(state ? eq(own.state, state) : undefined)
    .orderBy(desc(own.createdAt), desc(own.id))
    .limit(PAGE_SIZE)
    .offset(paging.offset);
  return {
    ...paging,
    counts,
    posts: rows.map(({ deletedAt, threadId, title, titleLanguage, ...row }) => ({
      ...row,
      erasedAt: deletedAt === null ? null : deletedAt + DELETED_KEPT,
      thread: { id: threadId, title, language: titleLanguage },
    })),
  };
}

/** Returns how many of a person's posts others cannot read, without those they deleted. */
export function countWithheld(db: Db, personId: string): Promise<number> {
  const theirs = eq(posts.authorId, personId);
  return countPosts(db, theirs, ne(posts.state, 'deleted'), not(publicPost()));
}
