import { and, asc, count, eq, gte, isNotNull, lt, min } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { appeals, caseCauses, cases, decisions, flags, legalNotices, signals } from '~db/schema';
import { CASE_CAUSES, type CaseCause } from '~db/schema/moderation';

/** Durations: half took at most `median` ms, nine of ten at most `p90` ms. */
export interface Times {
  count: number;
  median: number;
  p90: number;
}

export interface TransparencyReport {
  year: number;
  /** True for the current year, whose figures are incomplete. */
  running: boolean;
  flags: number;
  notices: { received: number; decided: number; times: Times | null };
  /** Closed cases by cause, with their durations. */
  cases: { cause: CaseCause; times: Times }[];
  decisions: { action: string; rule: string | null; count: number }[];
  /** Decisions on content that a pattern or check found, and fully automated decisions. */
  machine: { found: number; alone: number };
  /** Results of automatic checks, by kind. */
  noticed: { kind: string; count: number }[];
  appeals: { made: number; upheld: number; reversed: number };
}

/** Returns the years with data, newest first; always includes the current year. */
export async function reportYears(db: Db, clock: Clock): Promise<number[]> {
  const [first] = await db.select({ at: min(cases.openedAt) }).from(cases);
  const last = yearOf(clock.now());
  const from = Math.min(yearOf(first?.at ?? clock.now()), last);
  return Array.from({ length: last - from + 1 }, (_, back) => last - back);
}

/**
 * Returns the figures of moderation in a year (UTC) that the DSA requires (Articles 15 and 24),
 * counted from the records themselves. They identify no person.
 */
export async function transparencyReport(
  db: Db,
  clock: Clock,
  year: number,
): Promise<TransparencyReport> {
  const from = Date.UTC(year, 0, 1);
  const to = Date.UTC(year + 1, 0, 1);
  const decided = and(gte(decisions.createdAt, from), lt(decisions.createdAt, to));
  const byAction = await db
    .select({ action: decisions.action, rule: decisions.rule, count: count() })
    .from(decisions)
    .where(decided)
    .groupBy(decisions.action, decisions.rule)
    .orderBy(asc(decisions.action), asc(decisions.rule));
  return {
    year,
    running: clock.now() < to,
    flags: await countOf(db, flags, gte(flags.createdAt, from), lt(flags.createdAt, to)),
    notices: await noticeFigures(db, from, to),
    cases: await caseFigures(db, from, to),
    decisions: byAction,
    machine: {
      found: await countOf(db, decisions, decided, eq(decisions.foundByMachine, true)),
      alone: await countOf(db, decisions, decided, eq(decisions.automated, true)),
    },
    noticed: await db
      .select({ kind: signals.kind, count: count() })
      .from(signals)
      .where(and(gte(signals.createdAt, from), lt(signals.createdAt, to)))
      .groupBy(signals.kind)
      .orderBy(asc(signals.kind)),
    appeals: {
      made: await countOf(db, appeals, gte(appeals.createdAt, from), lt(appeals.createdAt, to)),
      upheld: howOften(byAction, 'uphold'),
      reversed: howOften(byAction, 'reverse'),
    },
  };
}

async function noticeFigures(db: Db, from: number, to: number) {
  const rows = await db
    .select({ createdAt: legalNotices.createdAt, decidedAt: legalNotices.decidedAt })
    .from(legalNotices)
    .where(and(gte(legalNotices.createdAt, from), lt(legalNotices.createdAt, to)));
  const lengths = rows.flatMap(({ createdAt, decidedAt }) =>
    decidedAt === null ? [] : [decidedAt - createdAt],
  );
  return { received: rows.length, decided: lengths.length, times: timesOf(lengths) };
}

/** A case with several causes counts once for each. */
async function caseFigures(db: Db, from: number, to: number) {
  const rows = await db
    .selectDistinct({
      id: cases.id,
      cause: caseCauses.cause,
      openedAt: cases.openedAt,
      closedAt: cases.closedAt,
    })
    .from(cases)
    .innerJoin(caseCauses, eq(caseCauses.caseId, cases.id))
    .where(and(isNotNull(cases.closedAt), gte(cases.closedAt, from), lt(cases.closedAt, to)));
  return CASE_CAUSES.flatMap((cause) => {
    const lengths = rows
      .filter((row) => row.cause === cause)
      .map(({ openedAt, closedAt }) => (closedAt ?? openedAt) - openedAt);
    const times = timesOf(lengths);
    return times ? [{ cause, times }] : [];
  });
}

/** Uses the nearest-rank method: the smallest duration that the percentage does not exceed. */
export function timesOf(lengths: readonly number[]): Times | null {
  if (lengths.length === 0) return null;
  const sorted = [...lengths].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { count: sorted.length, median: rank(0.5), p90: rank(0.9) };
}

/** The columns of `reportRows`. */
export const REPORT_COLUMNS = ['measure', 'kind', 'value'] as const;

/** Returns the report as table rows: measure, kind, value; durations in whole seconds. */
export function reportRows(report: TransparencyReport): (string | number)[][] {
  const times = (what: string, kind: string, of: Times | null) =>
    of === null
      ? []
      : [
          [`${what}_closed`, kind, of.count],
          [`${what}_median_seconds`, kind, Math.round(of.median / 1000)],
          [`${what}_p90_seconds`, kind, Math.round(of.p90 / 1000)],
        ];
  return [
    ['year', report.running ? 'so far' : 'whole', report.year],
    ['flags', '', report.flags],
    ['notices_received', '', report.notices.received],
    ['notices_decided', '', report.notices.decided],
    ...times('notices', '', report.notices.times),
    ...report.cases.flatMap(({ cause, times: of }) => times('cases', cause, of)),
    ...report.decisions.map(({ action, rule, count }) => [
      `decisions_${action}`,
      rule ?? '',
      count,
    ]),
    ['decisions_found_by_machine', '', report.machine.found],
    ['decisions_by_machine_alone', '', report.machine.alone],
    ...report.noticed.map(({ kind, count }) => ['noticed_by_machine', kind, count]),
    ['appeals_made', '', report.appeals.made],
    ['appeals_upheld', '', report.appeals.upheld],
    ['appeals_reversed', '', report.appeals.reversed],
  ];
}

function howOften(rows: { action: string; count: number }[], action: string): number {
  return rows.reduce((sum, row) => (row.action === action ? sum + row.count : sum), 0);
}

function yearOf(ms: number): number {
  return new Date(ms).getUTCFullYear();
}
