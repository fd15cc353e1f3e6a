import {
  and,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  lt,
  max,
  min,
  type SQL,
  sql,
  sum,
} from 'drizzle-orm';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { placeCodesIn } from '~/domain/forum/posts/post-place';
import { publicPost } from '~/domain/forum/visibility';
import { batchesOf, inBatches } from '~/platform/batches';
import { DAY } from '~/platform/clock';
import type { NarrowTag } from '~db/cache-tags';
import type { Db } from '~db/client';
import { type Column, jsonRows, runStatement } from '~db/dialect';
import { countedReports, postBarriers, postPillars, posts, reportDays, threads } from '~db/schema';
import type { SaidBy } from '~db/schema/conversation';
import { linesOf, type PlaceLine } from './figures-table';
import type { Namers } from './namers';
import { type BarrierFilter, type DateRange, monthAt, monthName } from './query';

/*
 * What is kept of people's reports (decision 66), and what is read from it: how many people and
 * reports there are by place, kind, topic and time, and which reports are the newest.
 */

/** The day of the rows that count all time. */
const EVER = -1;

/** In place of a topic: whatever the topic. */
const ALL = '';
/** In place of a kind: any kind. */
const ANY = '';

type Report = typeof countedReports.$inferSelect;
type DayRow = typeof reportDays.$inferSelect;
type Numbers = Omit<DayRow, 'pillar' | 'kind' | 'place' | 'day'>;

const BY = {
  author: 'byAuthor',
  moderator: 'byModerator',
  import: 'byImport',
  machine: 'byMachine',
} as const satisfies Record<SaidBy, keyof Numbers>;

/** So many rows of counts in one statement: each has ten parameters. */
const ROWS_AT_ONCE = 90;

/** Brings what is kept of the reports of some people up to date. */
export async function keepReportFigures(tx: Db, personIds: readonly string[]): Promise<void> {
  for (const batch of batchesOf(personIds)) {
    const kept = await tx
      .select()
      .from(countedReports)
      .where(inArray(countedReports.personId, batch));
    const found = await readReports(tx, batch);
    const keyOf = (row: Report) => JSON.stringify(Object.values(columnsOf(row)));
    const [before, now] = [kept, found].map((rows) => new Set(rows.map(keyOf)));
    const gone = kept.filter((row) => !now?.has(keyOf(row)));
    const fresh = found.filter((row) => !before?.has(keyOf(row)));
    const changed = new Set([...gone, ...fresh].map(({ personId }) => personId));
    const ofChanged = (rows: readonly Report[]) =>
      rows.filter(({ personId }) => changed.has(personId));
    const difference = new ReportSums();
    difference.add(ofChanged(kept), -1);
    difference.add(ofChanged(found), 1);
    for (const row of gone) await forget(tx, row);
    for (const rows of batchesOf(fresh, ROWS_AT_ONCE)) await tx.insert(countedReports).values(rows);
    await addDays(tx, difference.rows());
  }
}

/** Returns the public reports of some people, as they are counted. */
export async function readReports(db: Db, personIds: readonly string[]): Promise<Report[]> {
  const rows = await inBatches(personIds, (batch) =>
    db
      .select({
        personId: posts.authorId,
        postId: posts.id,
        kind: postBarriers.kind,
        pillar: postPillars.pillar,
        saidBy: postBarriers.saidBy,
        place: sql<string>`coalesce(${posts.country}, ${posts.region}, '')`,
        createdAt: posts.createdAt,
      })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
      .leftJoin(postPillars, eq(postPillars.postId, posts.id))
      .where(and(inArray(posts.authorId, batch), publicPost(), mayReportBarrier())),
  );
  const found = new Map<string, Report>();
  for (const row of rows) {
    for (const pillar of [ALL, row.pillar ?? ALL]) {
      found.set(`${row.postId} ${row.kind} ${pillar}`, { ...row, pillar });
    }
  }
  return [...found.values()];
}

function columnsOf({ personId, postId, kind, pillar, saidBy, place, createdAt }: Report): Report {
  return { personId, postId, kind, pillar, saidBy, place, createdAt };
}

async function forget(tx: Db, { personId, postId, kind, pillar }: Report): Promise<void> {
  await tx
    .delete(countedReports)
    .where(
      and(
        eq(countedReports.personId, personId),
        eq(countedReports.postId, postId),
        eq(countedReports.kind, kind),
        eq(countedReports.pillar, pillar),
      ),
    );
}

/** What reports count, by topic, kind, place and day. */
export class ReportSums {
  readonly #rows = new Map<string, DayRow>();

  /** Adds all reports of some people, or with −1 takes them away. */
  add(reports: readonly Report[], sign: 1 | -1): void {
    for (const own of Map.groupBy(reports, ({ personId }) => personId).values()) {
      for (const group of groupsOf(own)) this.#addGroup(group, sign);
    }
  }

  /** Returns the rows that are not zero, in one order, so that no two transactions wait for each other. */
  rows(): DayRow[] {
    return [...this.#rows]
      .filter(([, row]) => NUMBERS.some((name) => row[name] !== 0))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row);
  }

  /** Adds the reports of one person that count for the same topic, kind and place. */
  #addGroup(group: readonly Report[], sign: 1 | -1): void {
    const [of] = group as [Report];
    this.#add(of, Math.max(...group.map(dayOf)), 'people', sign);
    for (const rows of Map.groupBy(group, ({ postId }) => postId).values()) {
      const day = dayOf(rows[0] as Report);
      const namers = new Set(rows.map(({ saidBy }) => BY[saidBy]));
      for (const name of ['reports', ...namers] as const) this.#add(of, day, name, sign);
    }
  }

  #add({ pillar, kind, place }: Report, on: number, name: keyof Numbers, sign: 1 | -1): void {
    for (const day of [on, EVER]) {
      const key = `${pillar}\n${kind}\n${place}\n${day}`;
      const row = this.#rows.get(key) ?? { pillar, kind, place, day, ...NOTHING };
      row[name] += sign;
      this.#rows.set(key, row);
    }
  }
}

/** A person's reports in the groups that count them; kind and place are those of the group. */
function groupsOf(own: readonly Report[]): Iterable<readonly Report[]> {
  const counted = own.flatMap((report) =>
    linesOf(report.place || null).flatMap((place) =>
      [report.kind, ANY].map((kind) => ({ ...report, kind, place })),
    ),
  );
  return Map.groupBy(counted, ({ pillar, kind, place }) => `${pillar}\n${kind}\n${place}`).values();
}

const NOTHING: Numbers = {
  ...{ people: 0, reports: 0 },
  ...{ byAuthor: 0, byModerator: 0, byImport: 0, byMachine: 0 },
};

const NUMBERS = Object.keys(NOTHING) as (keyof Numbers)[];

function dayOf({ createdAt }: Pick<Report, 'createdAt'>): number {
  return Math.max(0, Math.floor(createdAt / DAY));
}

const DAY_COLUMNS = Object.values(getTableColumns(reportDays));
const KEY = [reportDays.pillar, reportDays.place, reportDays.kind, reportDays.day];

/**
 * Adds to the counts, all rows as one JSON text: as parameters they would take three times as long.
 * Rows that become zero stay: readers ask for more than that.
 */
async function addDays(tx: Db, rows: readonly DayRow[]): Promise<void> {
  if (rows.length === 0) return;
  const named = (columns: readonly Column[]) =>
    sql.join(
      columns.map(({ name }) => sql.identifier(name)),
      sql`, `,
    );
  const cells = DAY_COLUMNS.map(({ dataType }, n) =>
    dataType === 'number'
      ? sql`cast(value ->> ${sql.raw(`${n}`)} as bigint)`
      : sql`value ->> ${sql.raw(`${n}`)}`,
  );
  const sums = NUMBERS.map((name) => {
    const column = sql.identifier(reportDays[name].name);
    return sql`${column} = ${reportDays}.${column} + excluded.${column}`;
  });
  const fields = Object.keys(getTableColumns(reportDays)) as (keyof DayRow)[];
  const json = JSON.stringify(rows.map((row) => fields.map((name) => row[name])));
  await runStatement(
    tx,
    sql`insert into ${reportDays} (${named(DAY_COLUMNS)})
      select ${sql.join(cells, sql`, `)} from ${jsonRows(json)} where true
      on conflict (${named(KEY)}) do update set ${sql.join(sums, sql`, `)}`,
  );
}

/* Reading */

/** A page that shows more months than this depends on the reports of all of them. */
const MOST_MONTHS = 60;

/** What changes with the reports of a time alone, for what reads no other rows of theirs. */
export function reportTags({ start, end }: DateRange): NarrowTag[] {
  const first = monthAt(start);
  const months = monthAt(end - 1) - first + 1;
  if (months > MOST_MONTHS) return [];
  return Array.from({ length: months }, (_, n) => `reports:${monthName(first + n)}` as const);
}

/** What kept counts know of a filter. */
export type KeptFilter = Pick<BarrierFilter, 'scope' | 'span' | 'kind' | 'pillar'>;

/** True if the counts of a filter are kept: by place, kind, topic and whole days. */
export function isKept({ span, conversation, industry }: Omit<BarrierFilter, 'scope'>): boolean {
  return !conversation && !industry && span.start % DAY === 0 && span.end % DAY === 0;
}

/**
 * Returns how many people reported in a time, by place and kind; of `lines` only, if given. Null unless the time goes on to the
 * last report of all: each person is counted on the day of their last one.
 */
export async function readKeptLines(
  db: Db,
  { pillar, span }: Pick<KeptFilter, 'pillar' | 'span'>,
  lines: readonly string[] | null,
): Promise<PlaceLine[] | null> {
  if (await isAnyFrom(db, span.end)) return null;
  const days = span.start <= 0 ? eq(reportDays.day, EVER) : gte(reportDays.day, span.start / DAY);
  const rows = await db
    .select({
      place: reportDays.place,
      kind: reportDays.kind,
      people: sum(reportDays.people).mapWith(Number),
    })
    .from(reportDays)
    .where(
      and(
        eq(reportDays.pillar, pillar ?? ALL),
        days,
        lines ? inArray(reportDays.place, [...lines]) : undefined,
      ),
    )
    .groupBy(reportDays.place, reportDays.kind);
  return rows
    .filter(({ people }) => people > 0)
    .map((row) => ({ ...row, kind: row.kind === ANY ? null : row.kind }));
}

/** True if a report was written at this time or later, by which a clock that went wrong may be known. */
async function isAnyFrom(db: Db, time: number): Promise<boolean> {
  const [row] = await db
    .select({ day: reportDays.day })
    .from(reportDays)
    .where(
      and(
        ...[eq(reportDays.pillar, ALL), eq(reportDays.place, 'world'), eq(reportDays.kind, ANY)],
        ...[gte(reportDays.day, time / DAY), gt(reportDays.reports, 0)],
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Returns how many reports match a filter, and by whom their kinds were named. */
export async function keptReports(
  db: Db,
  filter: KeptFilter,
): Promise<{ reports: number; namedBy: Namers }> {
  const total = (name: keyof Numbers) =>
    sql<number>`coalesce(sum(${reportDays[name]}), 0)`.mapWith(Number);
  const [row] = await db
    .select({
      reports: total('reports'),
      author: total('byAuthor'),
      moderator: total('byModerator'),
      import: total('byImport'),
      machine: total('byMachine'),
    })
    .from(reportDays)
    .where(and(ofSubject(filter), dayIn(filter.span)));
  const { reports = 0, author = 0, moderator = 0, import: imported = 0, machine = 0 } = row ?? {};
  return { reports, namedBy: { author, moderator, import: imported, machine } };
}

/** Returns the times of the first and last report that match a filter; null if there are none. */
export async function keptSince(
  db: Db,
  filter: KeptFilter,
): Promise<{ first: number; last: number } | null> {
  const [days] = await db
    .select({ first: min(reportDays.day), last: max(reportDays.day) })
    .from(reportDays)
    .where(and(ofSubject(filter), dayIn(filter.span), gt(reportDays.reports, 0)));
  if (days?.first == null || days.last == null) return null;
  const at = async (day: number, of: SQL<number>) => {
    const span = { start: day * DAY, end: (day + 1) * DAY };
    const [row] = await db.select({ at: of }).from(countedReports).where(matching(filter, span));
    return row?.at ?? null;
  };
  const first = await at(days.first, min(countedReports.createdAt) as SQL<number>);
  const last = await at(days.last, max(countedReports.createdAt) as SQL<number>);
  return first !== null && last !== null ? { first, last } : null;
}

/** Returns the ids of the reports that match a filter, newest first, without the first `offset`. */
export async function newestReports(
  db: Db,
  filter: KeptFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<string[]> {
  const days = await db
    .select({ day: reportDays.day, reports: reportDays.reports })
    .from(reportDays)
    .where(and(ofSubject(filter), dayIn(filter.span), gt(reportDays.reports, 0)))
    .orderBy(desc(reportDays.day))
    .limit(offset + limit);
  // Only the days on which the wanted ones were written are read.
  let newer = 0;
  const inside = days.filter(({ reports }) => {
    const before = newer;
    newer += reports;
    return newer > offset && before < offset + limit;
  });
  const [newest, oldest] = [inside[0], inside.at(-1)];
  if (!newest || !oldest) return [];
  const skipped = days
    .filter(({ day }) => day > newest.day)
    .reduce((all, { reports }) => all + reports, 0);
  const rows = await db
    .selectDistinct({ id: countedReports.postId, createdAt: countedReports.createdAt })
    .from(countedReports)
    .where(matching(filter, { start: oldest.day * DAY, end: (newest.day + 1) * DAY }))
    .orderBy(desc(countedReports.createdAt), desc(countedReports.postId))
    .limit(limit)
    .offset(offset - skipped);
  return rows.map(({ id }) => id);
}

/** The rows of a place, kind and topic. */
function ofSubject({ scope, kind, pillar }: KeptFilter): SQL | undefined {
  return and(
    eq(reportDays.pillar, pillar ?? ALL),
    eq(reportDays.place, scope),
    eq(reportDays.kind, kind ?? ANY),
  );
}

function dayIn({ start, end }: DateRange): SQL | undefined {
  return and(gte(reportDays.day, Math.max(0, start / DAY)), lt(reportDays.day, end / DAY));
}

/** The reports of a place, kind and topic in a time. */
function matching({ scope, kind, pillar }: KeptFilter, span: DateRange): SQL | undefined {
  return and(
    eq(countedReports.pillar, pillar ?? ALL),
    scope === 'world' ? undefined : inArray(countedReports.place, placeCodesIn(scope)),
    kind ? eq(countedReports.kind, kind) : undefined,
    gte(countedReports.createdAt, span.start),
    lt(countedReports.createdAt, span.end),
  );
}
