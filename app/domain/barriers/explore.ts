import { and, count, desc, eq, max, min, type SQL } from 'drizzle-orm';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import { type After, publicPostsAfter } from '~/domain/forum/posts/cursor';
import { placedIn } from '~/domain/forum/posts/post-place';
import { type PostInThread, publicPostsOf } from '~/domain/forum/posts/posts';
import { type Paging, pagingOf } from '~/platform/paging';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { barrierReports, during, readCrowds } from './count-people';
import type { Figure, Figures, Withheld } from './figures';
import { type Atlas, atlasOf } from './figures-table';
import { type BarrierFilter, rangeBefore } from './query';

/** Contributions per page: few, because the table and the map are on the same page. */
const REPORTS_ON_PAGE = 6;

/**
 * Difference in people to the previous period; `new` if there were none, null if it is not public.
 */
export type Change = number | 'new' | null;

export interface KindFigure {
  kind: BarrierKind;
  people: Figure;
}

export interface PlaceFigures {
  /** Null for contributions whose place is not more specific than the whole table. */
  place: string | null;
  people: Figure;
  change: Change;
  /** Most reported first; kinds whose number is not public are left out. */
  kinds: KindFigure[];
}

export interface Overview {
  people: Figure;
  change: Change;
  /** True if there is any matching contribution. */
  any: boolean;
  kinds: (KindFigure & { change: Change })[];
  /** Most people first; places without a public number last. */
  places: PlaceFigures[];
  withheld: Withheld;
  /** The minimum number of people that is shown. */
  least: number;
}

/** Counts the barriers that match a filter, and compares them with the previous period. */
export async function overview(db: Db, filter: BarrierFilter, least: number): Promise<Overview> {
  const { scope, kind } = filter;
  const now = await readAtlas(db, filter, least);
  const before = await readAtlas(db, { ...filter, span: rangeBefore(filter.span) }, least);
  const table = now.table(scope, kind);
  const old = before.table(scope, kind);
  const places = [...table.rows].map(([place, figures]) => ({
    place,
    people: figures.people,
    change: changeOf(figures.people, old.rows.get(place)),
    kinds: byPeople(figures),
  }));
  return {
    people: table.total.people,
    change: changeOf(table.total.people, before.has(scope, kind) ? old.total : undefined),
    any: now.has(scope, kind),
    kinds: byPeople(table.total).map((one) => ({
      ...one,
      change: changeOf(one.people, kindIn(old.total, one.kind)),
    })),
    places: places.sort((a, b) => (b.people ?? -1) - (a.people ?? -1)),
    withheld: table.withheld,
    least,
  };
}

/**
 * Returns the figures of all places and kinds in a period, whatever the filter asks for, because
 * whether one number is public depends on the others.
 */
export async function readAtlas(
  db: Db,
  filter: Omit<BarrierFilter, 'scope' | 'kind'>,
  least: number,
): Promise<Atlas> {
  return atlasOf(await readCrowds(db, filter), least);
}

/** @param before undefined if nobody was counted. */
function changeOf(now: Figure, before: { people: Figure } | undefined): Change {
  if (now === null) return null;
  if (!before) return 'new';
  return before.people === null ? null : now - before.people;
}

function kindIn({ kinds }: Figures, kind: BarrierKind): { people: Figure } | undefined {
  const people = kinds.get(kind);
  return people === undefined ? undefined : { people };
}

/** Returns the kinds, most reported first; those without a public number last. */
export function byPeople({ kinds }: Figures): KindFigure[] {
  return [...kinds]
    .map(([kind, people]) => ({ kind, people }))
    .sort(
      (a, b) =>
        (b.people ?? -1) - (a.people ?? -1) ||
        BARRIER_KINDS.indexOf(a.kind) - BARRIER_KINDS.indexOf(b.kind),
    );
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
  const where = reported(db, filter);
  const [counted] = await db
    .select({ total: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(where);
  const paging = pagingOf(wantedPage, counted?.total ?? 0, REPORTS_ON_PAGE);
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(where)
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(REPORTS_ON_PAGE)
    .offset(paging.offset);
  const ids = rows.map(({ id }) => id);
  return { ...paging, rows: await publicPostsOf(db, ids) };
}

/** Returns the public contributions that match a filter, oldest first, after a given one. */
export function reportsAfter(
  db: Db,
  filter: BarrierFilter,
  after: After | null,
  limit: number,
  options: Parameters<typeof publicPostsAfter>[4] = {},
): ReturnType<typeof publicPostsAfter> {
  return publicPostsAfter(db, reported(db, filter), after, limit, options);
}

/** Returns the times of the first and last contribution that match a filter, in its period. */
export async function reportedSince(
  db: Db,
  filter: BarrierFilter,
): Promise<{ first: number; last: number; contributions: number } | null> {
  const [row] = await db
    .select({ first: min(posts.createdAt), last: max(posts.createdAt), contributions: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(reported(db, filter));
  if (!row?.first || !row.last) return null;
  return { first: row.first, last: row.last, contributions: row.contributions };
}

function reported(db: Db, filter: BarrierFilter): SQL | undefined {
  return and(
    barrierReports(db, filter),
    during(posts.createdAt, filter.span),
    placedIn(filter.scope),
  );
}
