import { and, count, desc, eq, max, min, type SQL } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { countPosts, firstPostAt } from '~/domain/forum/posts/count-posts';
import { publicPostsAfter } from '~/domain/forum/posts/cursor';
import { placedIn } from '~/domain/forum/posts/post-place';
import { type PostInThread, publicPostsOf } from '~/domain/forum/posts/posts';
import type { AppContext } from '~/platform/app-context';
import { idsOf } from '~/platform/ids';
import { type Paging, pagingOf } from '~/platform/paging';
import type { Database, Db } from '~db/client';
import type { Position } from '~db/position';
import { postBarriers, posts, threads } from '~db/schema';
import { narrowReads } from '~db/tracked-reads';
import { barrierReports, during, readCrowds } from './count-people';
import {
  type Atlas,
  atlasOf,
  type Counts,
  countCrowds,
  linesOfTable,
  type PlaceLine,
} from './figures-table';
import { type Namers, namerColumns, namersOf } from './namers';
import { type BarrierFilter, type DateRange, rangeBefore } from './query';
import {
  isKept,
  keptReports,
  keptSince,
  newestReports,
  readKeptLines,
  reportTags,
} from './report-figures';
import { begunBy, type Trend, trendOf } from './trends';

/** Contributions per page: few, because the table and the map are on the same page. */
const REPORTS_ON_PAGE = 6;

/** Where people are counted. */
export type Counted = Pick<AppContext, 'db' | 'community'>;

export interface KindFigure {
  kind: BarrierKind;
  people: number;
}

export interface PlaceFigures {
  /** Null for contributions without a more specific place than the whole. */
  place: string | null;
  people: number;
  trend: Trend;
  /** Most people first. */
  kinds: KindFigure[];
}

export interface Overview {
  people: number;
  /** True if anyone reported anything. */
  any: boolean;
  kinds: (KindFigure & { trend: Trend })[];
  /** Most people first. */
  places: PlaceFigures[];
  /** Who named the kinds of these reports. */
  namedBy: Namers;
  /** The fewest people that a trend needs. */
  least: number;
  /** The period before; null if there is nothing to compare with. */
  before: Before | null;
}

/** The figures of the period before. */
export interface Before {
  span: DateRange;
  people: number;
  kinds: ReadonlyMap<BarrierKind, number>;
  places: ReadonlyMap<string | null, number>;
}

/**
 * Counts what matches a filter, and what may be said of it against the period before.
 * @param least the fewest people that a trend needs.
 * @param now UTC milliseconds: a period that is not over is compared with none (`trends.ts`). The same
 *   for any time of a day.
 */
export async function overview(
  { db, community }: Counted,
  filter: BarrierFilter,
  { least, now }: { least: number; now: number },
): Promise<Overview> {
  const { scope, kind, span } = filter;
  const lines = linesOfTable(scope);
  const table = atlasOf(await readLines(db, filter, lines), community).table(scope, kind);
  const earlier = rangeBefore(span);
  const whole = span.end <= now && begunBy(earlier, await firstPostAt(db.reader));
  // Without whole periods there is nothing to compare, so the one before need not be counted.
  const before = whole ? await readLines(db, { ...filter, span: earlier }, lines) : [];
  const old = atlasOf(before, community).table(scope, kind);
  const trend = (people: number, previous = 0): Trend => {
    const [current, last] = [table.total.people, old.total.people];
    return trendOf(
      { people, all: current },
      { people: previous, all: last },
      { min: least, whole },
    );
  };
  return {
    people: table.total.people,
    any: table.total.people > 0,
    kinds: byPeople(table.total).map((one) => ({
      ...one,
      trend: trend(one.people, old.total.kinds.get(one.kind)),
    })),
    places: [...table.rows]
      .map(([place, { people, kinds }]) => ({
        place,
        people,
        trend: trend(people, old.rows.get(place)?.people),
        kinds: byPeople({ people, kinds }),
      }))
      .sort((a, b) => b.people - a.people),
    namedBy: await readNamers(db.reader, filter),
    least,
    before:
      old.total.people > 0
        ? {
            span: earlier,
            people: old.total.people,
            kinds: old.total.kinds,
            places: new Map([...old.rows].map(([place, { people }]) => [place, people])),
          }
        : null,
  };
}

/** Reads the figures of a time for all places and kinds. */
export async function readAtlas(
  { db, community }: Counted,
  filter: Omit<BarrierFilter, 'scope' | 'kind'>,
): Promise<Atlas> {
  return atlasOf(await readLines(db, filter, null), community);
}

/**
 * Reads how many people reported, by place and kind: kept figures, or counted anew for a conversation, an
 * industry, or a time that is over. What was counted is kept until a report of that time changes.
 * @param lines the only lines that are asked for; null: all.
 */
async function readLines(
  { reader, kept }: Database,
  { pillar, conversation, industry, span }: Omit<BarrierFilter, 'scope' | 'kind'>,
  lines: readonly string[] | null,
): Promise<PlaceLine[]> {
  const filter = { pillar, conversation, industry, span };
  const known = isKept(filter) ? await readKeptLines(reader, filter, lines) : null;
  if (known) return known;
  const key = `crowds ${JSON.stringify(filter)}`;
  const crowds = await kept(key, (db) =>
    narrowReads(reportTags(span), () => readCrowds(db, filter)),
  );
  return countCrowds(crowds);
}

/** Kinds, most people first; of equal ones those that the community names first. */
export function byPeople({ kinds }: Counts): KindFigure[] {
  return [...kinds].map(([kind, people]) => ({ kind, people })).sort((a, b) => b.people - a.people);
}

export interface ReportList extends Paging {
  rows: PostInThread[];
}

/** Returns one page of the public contributions that match a filter, newest first. */
export async function listReports(
  db: Db,
  filter: BarrierFilter,
  wantedPage: number,
): Promise<ReportList> {
  if (isKept(filter)) {
    const { reports } = await keptReports(db, filter);
    const paging = pagingOf(wantedPage, reports, REPORTS_ON_PAGE);
    const { offset } = paging;
    const ids = await newestReports(db, filter, { offset, limit: REPORTS_ON_PAGE });
    return { ...paging, rows: await publicPostsOf(db, ids) };
  }
  const where = reported(filter);
  const paging = pagingOf(wantedPage, await countPosts(db, where), REPORTS_ON_PAGE);
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(where)
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(REPORTS_ON_PAGE)
    .offset(paging.offset);
  const ids = idsOf(rows);
  return { ...paging, rows: await publicPostsOf(db, ids) };
}

/** Returns the public contributions that match a filter, oldest first, after a given one. */
export function reportsAfter(
  db: Db,
  filter: BarrierFilter,
  after: Position | null,
  limit: number,
  options: Parameters<typeof publicPostsAfter>[4] = {},
): ReturnType<typeof publicPostsAfter> {
  return publicPostsAfter(db, reported(filter), after, limit, options);
}

/** Returns the times of the first and last contribution that match a filter, in its period. */
export async function reportedSince(
  db: Db,
  filter: BarrierFilter,
): Promise<{ first: number; last: number; contributions: number } | null> {
  if (isKept(filter)) {
    const since = await keptSince(db, filter);
    return since && { ...since, contributions: (await keptReports(db, filter)).reports };
  }
  const [row] = await db
    .select({ first: min(posts.createdAt), last: max(posts.createdAt), contributions: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(reported(filter));
  if (!row?.first || !row.last) return null;
  return { first: row.first, last: row.last, contributions: row.contributions };
}

/** Counts who named the kinds of the public contributions that match a filter. */
export async function readNamers(db: Db, filter: BarrierFilter): Promise<Namers> {
  if (isKept(filter)) return (await keptReports(db, filter)).namedBy;
  const { kind } = filter;
  const rows = await db
    .select(namerColumns)
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(and(reported(filter), kind ? eq(postBarriers.kind, kind) : undefined))
    .groupBy(postBarriers.saidBy);
  return namersOf(rows);
}

function reported(filter: BarrierFilter): SQL | undefined {
  return and(barrierReports(filter), during(posts.createdAt, filter.span), placedIn(filter.scope));
}
