import { and, count, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { ACTIONS } from '~/domain/moderation/actions';
import { MEASURES, type Measure } from '~/domain/moderation/lists';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { appeals, decisions, flags } from '~db/schema';
import type { DecisionAction } from '~db/schema/moderation';

const MONTHS = 12;

export interface Month {
  /** Start of the month, in UTC milliseconds. */
  from: number;
  figures: Record<Measure, number>;
}

export interface Figures {
  /** Newest first; the current month is incomplete. Months without any event are left out. */
  months: Month[];
  /** Hidden posts of these months by rule, most frequent first. */
  hiddenByRule: { rule: string; count: number }[];
}

/** Returns the figures of the last twelve months, each event counted on its own date. */
export async function readFigures(db: Db, clock: Clock): Promise<Figures> {
  const spans = lastMonths(clock.now());
  const months = spans.map(({ from }) => ({
    from,
    figures: Object.fromEntries(MEASURES.map((one) => [one, 0])) as Month['figures'],
  }));
  const since = spans.at(-1)?.from ?? 0;
  const add = (row: Record<string, unknown>, measure: Measure) => {
    for (const [at, month] of months.entries())
      month.figures[measure] += Number(row[`m${at}`] ?? 0);
  };
  const [flagged] = await db
    .select(perMonth(spans, sql`${flags.createdAt}`))
    .from(flags)
    .where(gte(flags.createdAt, since));
  add(flagged ?? {}, 'flags');
  const [appealed] = await db
    .select(perMonth(spans, sql`${appeals.createdAt}`))
    .from(appeals)
    .where(gte(appeals.createdAt, since));
  add(appealed ?? {}, 'appeals');
  const decided = await db
    .select({ action: decisions.action, ...perMonth(spans, sql`${decisions.createdAt}`) })
    .from(decisions)
    .where(gte(decisions.createdAt, since))
    .groupBy(decisions.action);
  for (const row of decided) add(row, measureOf(row.action));
  const rules = await db
    .select({ rule: decisions.rule, count: count() })
    .from(decisions)
    .where(and(gte(decisions.createdAt, since), eq(decisions.action, 'hide')))
    .groupBy(decisions.rule);
  const hiddenByRule = rules.flatMap(({ rule, count }) => (rule ? [{ rule, count }] : []));
  hiddenByRule.sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
  const some = months.filter(({ figures }) => MEASURES.some((one) => figures[one] > 0));
  return { months: some, hiddenByRule };
}

function measureOf(action: DecisionAction): Measure {
  if (action === 'hide' || action === 'hold') return 'hide';
  if (action === 'restore') return 'restore';
  if (action === 'approve' || action === 'dismiss' || action === 'warn') return action;
  if (action === 'silence' || action === 'suspend') return 'limit';
  return action === 'reverse' ? 'reversed' : 'other';
}

interface MonthRange {
  from: number;
  until: number;
}

function lastMonths(now: number): MonthRange[] {
  const today = new Date(now);
  return Array.from({ length: MONTHS }, (_, back) => ({
    from: Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back),
    until: Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back + 1),
  }));
}

/** Returns one column per month with its number of rows. */
function perMonth(spans: readonly MonthRange[], at: SQL): Record<string, SQL<number>> {
  return Object.fromEntries(
    spans.map(({ from, until }, n) => [
      `m${n}`,
      sql`sum(case when ${at} >= ${from} and ${at} < ${until} then 1 else 0 end)`.mapWith(Number),
    ]),
  );
}

/** A row of the yearly report: number of decisions by action and rule. */
export interface TransparencyRow {
  action: DecisionAction;
  rule: string | null;
  automated: boolean;
  foundByMachine: boolean;
  decisions: number;
  appealed: number;
  reversed: number;
}

/**
 * Returns all restrictions of a calendar year (UTC) for the yearly report (DSA, Art. 15): by
 * action, rule and role of automation, with the numbers of appeals and reversals.
 */
export async function transparencyOf(db: Db, year: number): Promise<TransparencyRow[]> {
  const within = and(
    gte(decisions.createdAt, Date.UTC(year, 0)),
    lt(decisions.createdAt, Date.UTC(year + 1, 0)),
  );
  const undone = db.select({ undoesId: decisions.undoesId }).from(decisions).as('undone');
  const rows = await db
    .select({
      action: decisions.action,
      rule: decisions.rule,
      automated: decisions.automated,
      foundByMachine: decisions.foundByMachine,
      decisions: count(),
      appealed: count(appeals.id),
      reversed: count(undone.undoesId),
    })
    .from(decisions)
    .leftJoin(appeals, eq(appeals.decisionId, decisions.id))
    .leftJoin(undone, eq(undone.undoesId, decisions.id))
    .where(and(within, isNull(decisions.undoesId)))
    .groupBy(decisions.action, decisions.rule, decisions.automated, decisions.foundByMachine)
    .orderBy(decisions.action, decisions.rule, decisions.automated, decisions.foundByMachine);
  return rows.filter(({ action }) => ACTIONS[action].limits);
}
