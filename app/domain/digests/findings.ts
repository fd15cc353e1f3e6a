import { type PeriodCount, type Trend, trendOf } from '~/domain/barriers/trends';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Scope } from '~/platform/places/scope';
import type { Contribution } from './contributions';
import { type Tally, tally } from './count';
import { type Period, previousPeriod } from './period';

/** What was written in a period and in the one before, oldest first in each. */
export interface FindingsInput {
  period: Period;
  before: Period;
  written: readonly Contribution[];
  writtenBefore: readonly Contribution[];
  /** Whether the period was over when it was counted. */
  whole: boolean;
  /** Whether it may be compared with the one before: both are whole, see `trends.ts`. */
  comparable: boolean;
  /** Whether anybody wrote before the period, as far as a digest looks back. */
  earlier: boolean;
  /** Compares two kinds by the community's order, for a sort. */
  byOrder: (a: BarrierKind, b: BarrierKind) => number;
}

/** What was counted in a period and in the one before. */
export interface Findings {
  scope: Scope;
  period: Period;
  before: Period;
  minAuthors: number;
  whole: boolean;
  comparable: boolean;
  earlier: boolean;
  now: Tally;
  then: Tally;
  /** The kinds that were raised, most people first. */
  ranked: BarrierKind[];
}

/** How many periods back words may wait for a digest that is sent. */
const WAITS: Record<Period['kind'], number> = { week: 4, month: 3, quarter: 2 };

/** The period and the ones before it whose words it may carry over, the newest first. */
export function periodsLookedAt(period: Period): Period[] {
  const periods = [period];
  for (let at = 0; at < WAITS[period.kind]; at += 1) {
    periods.push(previousPeriod(periods.at(-1) ?? period));
  }
  return periods;
}

/** Counts what was contributed in a period and in the one before it. */
export function find(
  scope: Scope,
  { period, before, written, writtenBefore, whole, comparable, earlier, byOrder }: FindingsInput,
  minAuthors: number,
): Findings {
  const now = tally(scope, written, byOrder);
  const then = tally(scope, writtenBefore, byOrder);
  const people = (kind: BarrierKind) => now.kinds.get(kind)?.people ?? 0;
  return {
    scope,
    period,
    before,
    minAuthors,
    whole,
    comparable,
    earlier,
    now,
    then,
    ranked: [...now.kinds.keys()].sort((a, b) => people(b) - people(a)),
  };
}

/** How many people raised a kind, of all who wrote. */
export function countOf({ total, kinds }: Tally, kind: BarrierKind): PeriodCount {
  return { people: kinds.get(kind)?.people ?? 0, all: total.people };
}

/** What may be said of a kind against the period before. */
export function trendOfKind(findings: Findings, kind: BarrierKind): Trend {
  const { now, then, minAuthors: min, comparable: whole } = findings;
  return trendOf(countOf(now, kind), countOf(then, kind), { min, whole });
}
