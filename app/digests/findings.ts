import type { Scope } from '../places/scope';
import { BARRIER_KINDS, type BarrierKind } from '../vocabularies/vocabularies';
import type { Contribution } from './contributions';
import { type Cell, type Publishable, publishable, type Tally, tally } from './count';
import type { Period } from './period';

/** What was counted in a period and in the one before, and which of the numbers are public. */
export interface Findings {
  scope: Scope;
  before: Period;
  minAuthors: number;
  now: Tally;
  then: Tally;
  kinds: Publishable<BarrierKind>;
  kindsThen: Publishable<BarrierKind>;
  places: Publishable<string | null>;
  /**
   * The kinds that were raised, by people; those without a public number after all others, in the
   * vocabulary's order, since their rank would tell.
   */
  ranked: BarrierKind[];
}

/** Counts what was contributed in a period and in the one before it. */
export function find(
  scope: Scope,
  contributions: readonly Contribution[],
  earlier: readonly Contribution[],
  before: Period,
  minAuthors: number,
): Findings {
  const now = tally(scope, contributions);
  const then = tally(scope, earlier);
  const kinds = publishable(now.kinds, now.total.people, minAuthors, true);
  const people = (kind: BarrierKind) =>
    kinds.shown.has(kind) ? (now.kinds.get(kind)?.people ?? 0) : 0;
  return {
    scope,
    before,
    minAuthors,
    now,
    then,
    kinds,
    kindsThen: publishable(then.kinds, then.total.people, minAuthors, true),
    places: publishable(now.places, now.total.people, minAuthors, false),
    ranked: BARRIER_KINDS.filter((kind) => now.kinds.has(kind)).sort(
      (a, b) => people(b) - people(a),
    ),
  };
}

/** The public number of people who raised a kind: null where it is not, 0 where nobody did. */
export function peopleNow({ now, kinds }: Findings, kind: BarrierKind): number | null {
  return publicPeople(now.kinds.get(kind), kinds.shown.has(kind));
}

/** The same for the period before. */
export function peopleThen({ then, kindsThen }: Findings, kind: BarrierKind): number | null {
  return publicPeople(then.kinds.get(kind), kindsThen.shown.has(kind));
}

function publicPeople(cell: Cell | undefined, shown: boolean): number | null {
  if (!cell) return 0;
  return shown ? cell.people : null;
}

/** What a sentence about a cell rests on: all its posts, or one where their number would tell. */
export function sourcesOfCell(cell: Cell | undefined, shown: boolean): string[] {
  const ids = cell?.ids ?? [];
  return shown ? ids : ids.slice(0, 1);
}
