import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  gt,
  gte,
  inArray,
  lt,
  lte,
  ne,
  not,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { alias, QueryBuilder } from '~db/dialect';
import { posts, readingChoices, readMarks, threads, threadWatches, users } from '~db/schema';

/*
 * What a person has not read: posts of others that everybody may read, that became public after
 * the person joined, and that none of their marks covers. Muted threads have nothing unread.
 */

/** The contribution that a post is or stands under: its place in the thread. */
export const contribution = alias(posts, 'contribution');

export const isItsContribution: SQL = sql`${contribution.id} = coalesce(${posts.parentId}, ${posts.id})`;

/** Older rows do not say when they were let through. */
const shownAt = sql<number>`coalesce(${posts.shownAt}, ${posts.createdAt})`;

export interface ThreadReading {
  unread: number;
  watch: 'watching' | 'muted' | null;
}

/** How a person stands to each of these threads, by thread. Two queries, however many there are. */
export async function readingOf(
  db: Db,
  personId: string | null,
  threadIds: string[],
): Promise<Map<string, ThreadReading>> {
  if (!personId || threadIds.length === 0) return new Map();
  const counts = await db
    .select({ threadId: posts.threadId, unread: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(contribution, isItsContribution)
    .where(and(inArray(posts.threadId, threadIds), unreadPost(personId)))
    .groupBy(posts.threadId);
  const watched = await db
    .select({ threadId: threadWatches.threadId, state: threadWatches.state })
    .from(threadWatches)
    .where(and(eq(threadWatches.userId, personId), inArray(threadWatches.threadId, threadIds)));
  const unreadIn = new Map(counts.map(({ threadId, unread }) => [threadId, unread]));
  const watchOf = new Map(watched.map(({ threadId, state }) => [threadId, state]));
  return new Map(
    threadIds.map((id) => [id, { unread: unreadIn.get(id) ?? 0, watch: watchOf.get(id) ?? null }]),
  );
}

/** Which of these posts a person has not read. */
export async function unreadAmong(
  db: Db,
  personId: string,
  postIds: string[],
): Promise<Set<string>> {
  if (postIds.length === 0) return new Set();
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(contribution, isItsContribution)
    .where(and(inArray(posts.id, postIds), unreadPost(personId)));
  return new Set(rows.map(({ id }) => id));
}

/** The post of a thread that comes first, as the thread is read, of those a person has not read. */
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

/** Posts that one of a person's marks covers; the query joins `contribution`. */
export function coveredByMark(personId: string): SQL {
  const before = or(
    eq(readMarks.throughId, ''),
    lt(contribution.createdAt, readMarks.through),
    and(eq(contribution.createdAt, readMarks.through), lte(contribution.id, readMarks.throughId)),
  );
  return exists(
    new QueryBuilder()
      .select({ one: sql`1` })
      .from(readMarks)
      .where(
        and(
          eq(readMarks.userId, personId),
          eq(readMarks.threadId, posts.threadId),
          gte(readMarks.seenAt, shownAt),
          before,
        ),
      ),
  );
}

/** The query joins `threads` and `contribution`. */
function unreadPost(personId: string): SQL | undefined {
  return and(
    publicPost(),
    ne(posts.authorId, personId),
    gt(shownAt, readBefore(personId)),
    not(coveredByMark(personId)),
    notExists(
      new QueryBuilder()
        .select({ one: sql`1` })
        .from(threadWatches)
        .where(
          and(
            eq(threadWatches.userId, personId),
            eq(threadWatches.threadId, posts.threadId),
            eq(threadWatches.state, 'muted'),
          ),
        ),
    ),
  );
}

/** The moment up to which everything counts as read: "mark all", or else the joining. */
function readBefore(personId: string): SQL<number> {
  const query = new QueryBuilder();
  const all = query
    .select({ at: readingChoices.allReadAt })
    .from(readingChoices)
    .where(eq(readingChoices.userId, personId));
  const joined = query.select({ at: users.createdAt }).from(users).where(eq(users.id, personId));
  return sql<number>`coalesce((${all}), (${joined}))`;
}
