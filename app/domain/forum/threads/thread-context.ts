import { and, count, eq, sql } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { preparedForReader, type Reader, readablePost } from '~/domain/forum/visibility';
import type { CountryCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { unionAll } from '~db/dialect';
import { postBarriers, posts } from '~db/schema';
import { narrowReads, ofThread } from '~db/tracked-reads';

/** How many of a thread's posts name a value. */
export interface ContextRow<Value extends string> {
  value: Value;
  posts: number;
}

/** The posts of a thread that a reader may see, by what they name; each most used first. */
export interface ThreadContext {
  /** BCP 47. */
  languages: ContextRow<string>[];
  countries: ContextRow<CountryCode>[];
  kinds: ContextRow<BarrierKind>[];
}

const readCounts = preparedForReader((db, reader) => {
  const shown = and(eq(posts.threadId, sql.placeholder('threadId')), readablePost(reader));
  return unionAll(
    db
      .select({
        language: posts.language,
        country: posts.country,
        kind: sql<BarrierKind | ''>`''`.as('kind'),
        posts: count().as('posts'),
      })
      .from(posts)
      .where(shown)
      .groupBy(posts.language, posts.country),
    db
      .select({
        language: sql<string>`''`.as('language'),
        country: sql<CountryCode | null>`null`.as('country'),
        kind: sql<BarrierKind | ''>`${postBarriers.kind}`.as('kind'),
        posts: count().as('posts'),
      })
      .from(posts)
      .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
      .where(and(shown, mayReportBarrier()))
      .groupBy(postBarriers.kind),
  );
});

/** Counts the posts of a thread by language, country and kind of barrier, in one query. */
export async function threadContext(
  db: Db,
  threadId: string,
  reader: Reader,
): Promise<ThreadContext> {
  const rows = await narrowReads(ofThread(threadId), () => readCounts(db, reader, { threadId }));
  return {
    languages: summed(rows, (row) => row.language),
    countries: summed(rows, (row) => row.country),
    kinds: summed(rows, (row) => row.kind),
  };
}

/** Adds up the posts by value, without those that have none. */
function summed<Row extends { posts: number }, Value extends string>(
  rows: readonly Row[],
  named: (row: Row) => Value | '' | null,
): ContextRow<Value>[] {
  const sums = new Map<Value, number>();
  for (const row of rows) {
    const value = named(row);
    if (value) sums.set(value, (sums.get(value) ?? 0) + row.posts);
  }
  return [...sums]
    .map(([value, posts]) => ({ value, posts }))
    .sort((a, b) => b.posts - a.posts || (a.value < b.value ? -1 : 1));
}
