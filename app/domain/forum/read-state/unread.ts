import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  lt,
  lte,
  ne,
  not,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import { publicPost } from '~/domain/forum/visibility';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { alias, anyRow, inList, noRow, QueryBuilder } from '~db/dialect';
import { posts, readingChoices, readMarks, threads, threadWatches, users } from '~db/schema';
import { prepared } from '~db/statement-cache';

/*
 * Unread posts: public posts of other people that became public after the person joined and that
 * none of their marks covers. Muted threads have no unread posts.
 */

/** The contribution that a post is or belongs to: its position in the thread. */
export const contribution = alias(posts, 'contribution');

export const isItsContribution: SQL = sql`${contribution.id} = coalesce(${posts.parentId}, ${posts.id})`;

/** Older rows have no time of publication. */
const shownAt = sql<number>`coalesce(${posts.shownAt}, ${posts.createdAt})`;

export interface ThreadReading {
  unread: number;
  watch: 'watching' | 'muted' | null;
}

const countUnread = prepared((db) =>
  db
    .select({ threadId: posts.threadId, unread: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(contribution, isItsContribution)
    .where(and(inList(posts.threadId, 'threadIds'), unreadPost(sql.placeholder('personId'))))
    .groupBy(posts.threadId),
);

const readWatches = prepared((db) =>
  db
    .select({ threadId: threadWatches.threadId, state: threadWatches.state })
    .from(threadWatches)
    .where(
      and(
        eq(threadWatches.userId, sql.placeholder('personId')),
        inList(threadWatches.threadId, 'threadIds'),
      ),
    ),
);

/** Returns a person's reading state by thread, in two queries for any number of threads. */
export async function readingOf(
  db: Db,
  personId: string | null,
  threadIds: string[],
): Promise<Map<string, ThreadReading>> {
  if (!personId || threadIds.length === 0) return new Map();
  const counts = await countUnread(db, { personId, threadIds });
  const watched = await readWatches(db, { personId, threadIds });
  const unreadIn = new Map(counts.map(({ threadId, unread }) => [threadId, unread]));
  const watchOf = new Map(watched.map(({ threadId, state }) => [threadId, state]));
  return new Map(
    threadIds.map((id) => [id, { unread: unreadIn.get(id) ?? 0, watch: watchOf.get(id) ?? null }]),
  );
}

const readUnread = prepared((db) =>
  db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(contribution, isItsContribution)
    .where(and(inList(posts.id, 'postIds'), unreadPost(sql.placeholder('personId')))),
);

/** Returns which of these posts a person has not read. */
export async function unreadAmong(
  db: Db,
  personId: string,
  postIds: string[],
): Promise<Set<string>> {
  if (postIds.length === 0) return new Set();
  return new Set(idsOf(await readUnread(db, { personId, postIds })));
}

/** Returns the first unread post of a thread, in the order in which the thread is shown. */
export async function firstUnread(
  db: Db,
  personId: string,
  threadId: string,
): Promise<string | null> {
  const [row] = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(contribution, isItsContribution)
    .where(and(eq(posts.threadId, threadId), unreadPost(personId)))
    .orderBy(
      desc(posts.isOpening),
      asc(contribution.createdAt),
      asc(contribution.id),
      asc(posts.createdAt),
      asc(posts.id),
    )
    .limit(1);
  return row?.id ?? null;
}

/** Condition for posts covered by one of a person's marks; the query must join `contribution`. */
export function coveredByMark(personId: string | Placeholder): SQL {
  const before = or(
    eq(readMarks.throughId, ''),
    lt(contribution.createdAt, readMarks.through),
    and(eq(contribution.createdAt, readMarks.through), lte(contribution.id, readMarks.throughId)),
  );
  return anyRow(
    readMarks,
    eq(readMarks.userId, personId),
    eq(readMarks.threadId, posts.threadId),
    gte(readMarks.seenAt, shownAt),
    before,
  );
}

/** Condition for unread posts; the query must join `threads` and `contribution`. */
function unreadPost(personId: string | Placeholder): SQL | undefined {
  return and(
    publicPost(),
    ne(posts.authorId, personId),
    gt(shownAt, readBefore(personId)),
    not(coveredByMark(personId)),
    noRow(
      threadWatches,
      eq(threadWatches.userId, personId),
      eq(threadWatches.threadId, posts.threadId),
      eq(threadWatches.state, 'muted'),
    ),
  );
}

/** Returns up to when everything counts as read: "mark all as read", or else the sign-up. */
function readBefore(personId: string | Placeholder): SQL<number> {
  const query = new QueryBuilder();
  const all = query
    .select({ at: readingChoices.allReadAt })
    .from(readingChoices)
    .where(eq(readingChoices.userId, personId));
  const joined = query.select({ at: users.createdAt }).from(users).where(eq(users.id, personId));
  return sql<number>`coalesce((${all}), (${joined}))`;
}
