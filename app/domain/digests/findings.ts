import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import type { Scope } from '~/platform/places/scope';
import type { Contribution } from './contributions';
import { type Cell, type PublicCells, publicCells, type Tally, tally } from './count';
import { type Period, previousPeriod } from './period';

/** The contributions of the periods that a digest covers, oldest first in each. */
export interface FindingsInput {
  /** The digest's period, then the previous ones, newest first; see `periodsLookedAt`. */
  periods: readonly Period[];
  contributions: readonly (readonly Contribution[])[];
  /** People who said "I face this too" about a contribution of the period. */
  meToos: readonly { personId: string; kind: BarrierKind }[];
}

/**
 * The counts of a period and the previous ones, and which of the numbers are public. Numbers of a
 * single period are often too small; those of the last few periods together are public more often.
 */
export interface Findings {
  scope: Scope;
  period: Period;
  before: Period;
  minAuthors: number;
  now: Tally;
  then: Tally;
  shown: PublicCells;
  shownThen: PublicCells;
  /** The period and the previous ones together. */
  trail: Trail;
  /** Number of distinct people, besides the authors, who face the same barrier; only if public. */
  meToos: Map<BarrierKind, number>;
  /**
   * The reported kinds: first by number of people; then those with a public number only in the
   * trail, by that number; then the others in the vocabulary's order, because their rank would
   * reveal their number.
   */
  ranked: BarrierKind[];
}

export interface Trail {
  start: number;
  kinds: Map<BarrierKind, { cell: Cell; rising: boolean }>;
}

/** Number of periods in the trail: four weeks, three months, or two quarters. */
const TRAIL: Record<Period['kind'], number> = { week: 4, month: 3, quarter: 2 };

/** Returns the period and the previous ones that a digest counts, newest first. */
export function periodsLookedAt(period: Period): Period[] {
  const periods = [period];
  // One more than the trail, to see whether it grew.
  for (let at = 0; at < TRAIL[period.kind]; at += 1) {
    periods.push(previousPeriod(periods.at(-1) ?? period));
  }
  return periods;
}

/** Counts the contributions of a period and of the previous ones. */
export function find(
  scope: Scope,
  { periods, contributions, meToos }: FindingsInput,
  min: number,
): Findings {
  const [period, before] = periods as [Period, Period];
  const now = tally(scope, contributions[0] ?? []);
  const then = tally(scope, contributions[1] ?? []);
  const shown = publicCells(now, min);
  const trail = trailOf(scope, periods, contributions, shown, min);
  const people = (kind: BarrierKind) =>
    shown.kinds.shown.has(kind) ? (now.kinds.get(kind)?.people ?? 0) : 0;
  const trailing = (kind: BarrierKind) => trail.kinds.get(kind)?.cell.people ?? 0;
  return {
    scope,
    period,
    before,
    minAuthors: min,
    now,
    then,
    shown,
    shownThen: publicCells(then, min),
    trail,
    meToos: meToosBesides(now, meToos, min),
    ranked: BARRIER_KINDS.filter((kind) => now.kinds.has(kind)).sort(
      (a, b) => people(b) - people(a) || trailing(b) - trailing(a),
    ),
  };
}

/**
 * Returns the kinds that have a public number in the trail but not in the period. Kinds are left
 * out if the hidden number could be computed from the single periods.
 */
function trailOf(
  scope: Scope,
  periods: readonly Period[],
  contributions: FindingsInput['contributions'],
  shown: PublicCells,
  min: number,
): Trail {
  const length = TRAIL[periods[0]?.kind ?? 'month'];
  const start = periods[length - 1]?.start ?? 0;
  const together = (from: number, to: number) =>
    tally(scope, contributions.slice(from, to).flat().sort(byAge));
  const all = together(0, length);
  const earlier = together(1, length + 1);
  const allShown = publicCells(all, min).kinds;
  const earlierShown = publicCells(earlier, min).kinds;
  const single = contributions.slice(1, length).map((list) => tally(scope, list));
  const singleShown = single.map((one) => publicCells(one, min).kinds.shown);
  const kinds: Trail['kinds'] = new Map();
  for (const [kind, cell] of all.kinds) {
    if (shown.kinds.shown.has(kind) || !allShown.shown.has(kind)) continue;
    const atMostBefore = single.reduce((sum, { kinds }, at) => {
      const people = kinds.get(kind)?.people ?? 0;
      return sum + (singleShown[at]?.has(kind) ? people : min - 1);
    }, 0);
    if (cell.people - atMostBefore > 1) continue;
    const people = earlier.kinds.get(kind)?.people ?? 0;
    kinds.set(kind, { cell, rising: people < min && !earlierShown.shown.has(kind) });
  }
  return { start, kinds };
}

function byAge(a: Contribution, b: Contribution): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

function meToosBesides(
  now: Tally,
  meToos: FindingsInput['meToos'],
  min: number,
): Map<BarrierKind, number> {
  const others = new Map<BarrierKind, Set<string>>();
  for (const { personId, kind } of meToos) {
    const people = others.get(kind) ?? new Set<string>();
    others.set(kind, people.add(personId));
  }
  for (const [kind, people] of others) {
    for (const { authorId } of now.kinds.get(kind)?.contributions ?? []) people.delete(authorId);
  }
  return new Map(
    [...others]
      .map(([kind, people]): [BarrierKind, number] => [kind, people.size])
      .filter(([, people]) => people >= min),
  );
}

/**
 * Returns the public number of people who reported a kind: null if it is not public, 0 if nobody
 * did.
 */
export function peopleNow({ now, shown }: Findings, kind: BarrierKind): number | null {
  return publicPeople(now.kinds.get(kind), shown.kinds.shown.has(kind));
}

/** The same for the previous period. */
export function peopleThen({ then, shownThen }: Findings, kind: BarrierKind): number | null {
  return publicPeople(then.kinds.get(kind), shownThen.kinds.shown.has(kind));
}

function publicPeople(cell: Cell | undefined, shown: boolean): number | null {
  if (!cell) return 0;
  return shown ? cell.people : null;
}

/**
 * Returns the sources of a sentence about a cell: all its posts, or only one if their number is not
 * public.
 */
export function sourcesOfCell(cell: Cell | undefined, shown: boolean): string[] {
  const ids = cell?.ids ?? [];
  return shown ? ids : ids.slice(0, 1);
}
