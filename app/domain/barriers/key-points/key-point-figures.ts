import { and, asc, countDistinct, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { linesOf } from '~/domain/barriers/figures-table';
import type { DateRange } from '~/domain/barriers/query';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { placeCodesIn } from '~/domain/forum/posts/post-place';
import { publicPost } from '~/domain/forum/visibility';
import { batchesOf } from '~/platform/batches';
import { isCountry, isRegion } from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';
import type { Db } from '~db/client';
import {
  keyPointPlaces,
  keyPointPosts,
  keyPointReports,
  keyPoints,
  posts,
  threads,
} from '~db/schema';

/*
 * What is kept of key points (decision 66): which posts report each in public, and how many people
 * from which places, so that those that most people reported are found without reading all.
 */

type Report = typeof keyPointReports.$inferSelect;
type Place = typeof keyPointPlaces.$inferSelect;

/** So many rows in one statement: each has up to six parameters. */
const ROWS_AT_ONCE = 150;

/** Brings what is kept of a key point up to date. */
export async function keepKeyPointFigures(tx: Db, keyPointId: string): Promise<void> {
  const found = await readKeyPointReports(tx, keyPointId);
  const kept = await tx
    .select()
    .from(keyPointReports)
    .where(eq(keyPointReports.keyPointId, keyPointId));
  if (sameRows(kept, found)) return;
  await tx.delete(keyPointReports).where(eq(keyPointReports.keyPointId, keyPointId));
  await tx.delete(keyPointPlaces).where(eq(keyPointPlaces.keyPointId, keyPointId));
  for (const rows of batchesOf(found, ROWS_AT_ONCE)) await tx.insert(keyPointReports).values(rows);
  for (const rows of batchesOf(countPlaces(found), ROWS_AT_ONCE)) {
    await tx.insert(keyPointPlaces).values(rows);
  }
}

/** Returns the public posts of a key point, read from the posts. */
export function readKeyPointReports(db: Db, keyPointId: string): Promise<Report[]> {
  return db
    .select({
      keyPointId: keyPointPosts.keyPointId,
      postId: posts.id,
      personId: posts.authorId,
      kind: keyPoints.kind,
      place: sql<string>`coalesce(${posts.country}, ${posts.region}, '')`,
      createdAt: posts.createdAt,
    })
    .from(keyPointPosts)
    .innerJoin(keyPoints, eq(keyPoints.id, keyPointPosts.keyPointId))
    .innerJoin(posts, eq(posts.id, keyPointPosts.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(keyPointPosts.keyPointId, keyPointId), publicPost(), mayReportBarrier()));
}

/** Counts the people of one key point by place, each once per number. */
export function countPlaces(reports: readonly Report[]): Place[] {
  const placed = reports.flatMap((report) =>
    linesOf(report.place || null)
      .filter((line) => line === 'world' || isCountry(line) || isRegion(line))
      .map((place) => ({ ...report, place })),
  );
  return [...Map.groupBy(placed, ({ place }) => place)].map(([place, rows]) => {
    const { keyPointId, kind } = rows[0] as Report;
    const people = new Set(rows.map(({ personId }) => personId)).size;
    return {
      keyPointId,
      place,
      kind,
      people,
      since: Math.min(...rows.map((one) => one.createdAt)),
    };
  });
}

function sameRows(some: readonly Report[], others: readonly Report[]): boolean {
  const [a, b] = [some, others].map((rows) =>
    rows
      .map((row) => [row.postId, row.personId, row.kind, row.place, row.createdAt].join('\n'))
      .sort()
      .join('\n\n'),
  );
  return a === b;
}

/** The ids of some of the key points of a place, those that most people reported there and then first. */
export async function mostReportedIds(
  db: Db,
  {
    scope,
    period,
    kind,
  }: { scope: Scope; period: DateRange | null; kind?: BarrierKind | undefined },
  { offset, limit }: { offset: number; limit: number },
): Promise<string[]> {
  const here = and(
    eq(keyPointPlaces.place, scope),
    kind ? eq(keyPointPlaces.kind, kind) : undefined,
  );
  const last = [asc(keyPointPlaces.since), asc(keyPointPlaces.keyPointId)];
  if (!period) {
    const rows = await db
      .select({ id: keyPointPlaces.keyPointId })
      .from(keyPointPlaces)
      .where(here)
      .orderBy(desc(keyPointPlaces.people), ...last)
      .limit(limit)
      .offset(offset);
    return rows.map(({ id }) => id);
  }
  const inTime = db
    .select({
      keyPointId: keyPointReports.keyPointId,
      people: countDistinct(keyPointReports.personId).as('reported'),
    })
    .from(keyPointReports)
    .where(
      and(
        gte(keyPointReports.createdAt, period.start),
        lt(keyPointReports.createdAt, period.end),
        kind ? eq(keyPointReports.kind, kind) : undefined,
        scope === 'world' ? undefined : inArray(keyPointReports.place, placeCodesIn(scope)),
      ),
    )
    .groupBy(keyPointReports.keyPointId)
    .as('in_time');
  const rows = await db
    .select({ id: keyPointPlaces.keyPointId })
    .from(inTime)
    .innerJoin(keyPointPlaces, eq(keyPointPlaces.keyPointId, inTime.keyPointId))
    .where(here)
    .orderBy(desc(inTime.people), ...last)
    .limit(limit)
    .offset(offset);
  return rows.map(({ id }) => id);
}
