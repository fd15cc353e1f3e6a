import { setImmediate } from 'node:timers/promises';
import { asc, eq, getTableName, gt } from 'drizzle-orm';
import {
  countPlaces,
  keepKeyPointFigures,
  readKeyPointReports,
} from '~/domain/barriers/key-points/key-point-figures';
import { keepReportFigures, ReportSums, readReports } from '~/domain/barriers/report-figures';
import { countThread, keepThreadFigures } from '~/domain/forum/threads/thread-figures';
import { postsInAnyState } from '~/domain/forum/visibility';
import { batchesOf } from '~/platform/batches';
import { idsOf } from '~/platform/ids';
import { findValue, putValue } from '~/platform/installation-values';
import type { Database, Db, WriteScope } from '~db/client';
import { type Table, thisTransaction } from '~db/dialect';
import {
  countedReports,
  keyPointPlaces,
  keyPointPosts,
  keyPointReports,
  keyPoints,
  postBarriers,
  posts,
  reportDays,
  staleFigures,
  threadFacets,
  threadFigures,
  threads,
  users,
} from '~db/schema';
import type { FigureSubject } from '~db/schema/figures';
import { prepared } from '~db/statement-cache';

/*
 * The one place where kept figures are brought up to date. Triggers mark whose figures a change makes
 * out of date (`db/figure-triggers.ts`); each transaction settles these before it ends, so that
 * readers never meet figures that do not follow from the posts beside them. See decision 66.
 */

/** To be increased when what is kept changes: the first start counts anew. */
const VERSION = '1';
const BEGUN = `${VERSION} begun`;
const NAME = 'kept-figures';

/** Subjects settled in one transaction: few enough to let other writers in between. */
const BATCH = 200;

/** Returns the database with transactions that settle what they have changed. */
export function withKeptFigures(db: Database): Database {
  return {
    ...db,
    write: (work, scope) =>
      db.write(async (tx) => {
        const result = await work(tx);
        await settleFigures(tx, scope);
        return result;
      }, scope),
  };
}

const isOwn = eq(staleFigures.markedBy, thisTransaction);
const readStale = {
  all: prepared((db) => db.select().from(staleFigures)),
  own: prepared((db) => db.select().from(staleFigures).where(isOwn)),
};
const forgetStale = {
  all: prepared((db) => db.delete(staleFigures)),
  own: prepared((db) => db.delete(staleFigures).where(isOwn)),
};

/**
 * Brings the figures of marked subjects up to date, in the caller's transaction: of those that it marked, and
 * if it is the only writer also of those that other programs left marked.
 */
async function settleFigures(tx: Db, { about = [] }: WriteScope = {}): Promise<void> {
  const whose = about.length > 0 ? 'own' : 'all';
  const marked = await readStale[whose](tx, {});
  if (marked.length === 0) return;
  const stale = Map.groupBy(marked, ({ subject }) => subject);
  const of = (subject: FigureSubject) => new Set(stale.get(subject)?.map(({ id }) => id));
  const [people, points] = [of('person'), of('keyPoint')];
  for (const threadId of of('thread')) {
    if (!(await keepThreadFigures(tx, threadId))) continue;
    for (const id of await mark(tx, 'person', await reportersIn(tx, threadId))) people.add(id);
    for (const id of await mark(tx, 'keyPoint', await keyPointsIn(tx, threadId))) points.add(id);
  }
  await keepReportFigures(tx, [...people]);
  for (const id of points) await keepKeyPointFigures(tx, id);
  await forgetStale[whose](tx, {});
}

/** Marks subjects as the triggers do, so that nobody else counts them meanwhile; returns their ids. */
async function mark(tx: Db, subject: FigureSubject, ids: readonly string[]): Promise<string[]> {
  const sorted = ids.toSorted();
  for (const batch of batchesOf(sorted)) {
    await tx
      .insert(staleFigures)
      .values(batch.map((id) => ({ subject, id, markedBy: thisTransaction })))
      .onConflictDoUpdate({
        target: [staleFigures.subject, staleFigures.id],
        set: { markedBy: thisTransaction },
      });
  }
  return sorted;
}

async function reportersIn(tx: Db, threadId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: posts.authorId })
    .from(postsInAnyState)
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(eq(posts.threadId, threadId));
  return rows.map(({ id }) => id);
}

async function keyPointsIn(tx: Db, threadId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: keyPointPosts.keyPointId })
    .from(postsInAnyState)
    .innerJoin(keyPointPosts, eq(keyPointPosts.postId, posts.id))
    .where(eq(posts.threadId, threadId));
  return rows.map(({ id }) => id);
}

/** Fills the figures of a database that has none yet, or those of an earlier version. */
export async function fillFigures(db: Database): Promise<void> {
  if ((await findValue(db.reader, NAME)) === VERSION) return;
  await db.write(async (tx) => {
    const found = await findValue(tx, NAME);
    // Another process may have begun: what both count is the same.
    if (found === VERSION || found === BEGUN) return;
    if (found) await emptyFigures(tx);
    await putValue(tx, NAME, BEGUN);
  });
  await settleAll(db);
  await db.write((tx) => putValue(tx, NAME, VERSION));
  await db.analyze();
}

/** How many rows of a table differed from what follows from the posts. */
export interface Recounted {
  table: string;
  rows: number;
  wrong: number;
}

/**
 * Counts everything anew from the posts, compares, and mends what differs. Stop the site first: what
 * is written meanwhile would be reported as a difference.
 */
export async function recount(db: Database): Promise<Recounted[]> {
  const report = await compareFigures(db.reader);
  if (report.some(({ wrong }) => wrong > 0)) {
    await db.write(emptyFigures);
    await settleAll(db);
  }
  return report;
}

/** The same without mending. */
export async function compareFigures(db: Db): Promise<Recounted[]> {
  const anew = await countAnew(db);
  const report: Recounted[] = [];
  for (const [table, rows] of anew) {
    const kept = lines((await db.select().from(table)).filter(isNotZero));
    const found = lines(rows);
    const wrong =
      [...kept].filter((line) => !found.has(line)).length +
      [...found].filter((line) => !kept.has(line)).length;
    report.push({ table: getTableName(table), rows: found.size, wrong });
  }
  return report;
}

/** Counts of reports that have become zero stay, and mean the same as none. */
function isNotZero(row: object): boolean {
  return !('reports' in row && 'people' in row) || row.reports !== 0 || row.people !== 0;
}

/** Rows as text, whatever the order of their columns. */
function lines(rows: readonly object[]): Set<string> {
  return new Set(rows.map((row) => JSON.stringify(Object.entries(row).sort())));
}

type Counted = [table: Table, rows: object[]];

/** Returns what each table should hold. */
async function countAnew(db: Db): Promise<Counted[]> {
  const figures: object[] = [];
  const facets: object[] = [];
  for await (const ids of batches(db, threads)) {
    for (const threadId of ids) {
      const counted = await countThread(db, threadId);
      if (!counted) continue;
      figures.push({ threadId, ...counted.figures });
      facets.push(...[...counted.facets].map((facet) => ({ facet, threadId })));
    }
  }
  const reports: object[] = [];
  const days = new ReportSums();
  for await (const ids of batches(db, users)) {
    const found = await readReports(db, ids);
    reports.push(...found);
    days.add(found, 1);
  }
  const ofPoints: object[] = [];
  const places: object[] = [];
  for await (const ids of batches(db, keyPoints)) {
    for (const id of ids) {
      const found = await readKeyPointReports(db, id);
      ofPoints.push(...found);
      places.push(...countPlaces(found));
    }
  }
  return [
    [threadFigures, figures],
    [threadFacets, facets],
    [countedReports, reports],
    [reportDays, days.rows()],
    [keyPointReports, ofPoints],
    [keyPointPlaces, places],
    [staleFigures, []],
  ];
}

async function emptyFigures(tx: Db): Promise<void> {
  for (const table of KEPT) await tx.delete(table);
}

const KEPT = [
  ...[threadFigures, threadFacets, countedReports, reportDays],
  ...[keyPointReports, keyPointPlaces, staleFigures],
];

/** Brings the figures of everything up to date, in many transactions. */
async function settleAll(db: Database): Promise<void> {
  const each =
    (keep: (tx: Db, id: string) => Promise<unknown>) => async (tx: Db, ids: string[]) => {
      for (const id of ids) await keep(tx, id);
    };
  const all: [Subjects, (tx: Db, ids: string[]) => Promise<void>][] = [
    [threads, each(keepThreadFigures)],
    [users, keepReportFigures],
    [keyPoints, each(keepKeyPointFigures)],
  ];
  for (const [subjects, keep] of all) {
    for await (const ids of batches(db.reader, subjects)) {
      await db.write((tx) => keep(tx, ids));
      // SQLite never yields to the event loop, so without this pause no request would be served.
      await setImmediate();
    }
  }
}

type Subjects = typeof threads | typeof users | typeof keyPoints;

/** Yields the ids of all rows of a table. */
async function* batches(db: Db, table: Subjects): AsyncGenerator<string[]> {
  for (let last = ''; ; ) {
    const rows = await db
      .select({ id: table.id })
      .from(table)
      .where(gt(table.id, last))
      .orderBy(asc(table.id))
      .limit(BATCH);
    if (rows.length > 0) yield idsOf(rows);
    if (rows.length < BATCH) return;
    last = rows.at(-1)?.id ?? last;
  }
}
