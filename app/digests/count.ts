import type { Scope } from '../places/scope';
import { BARRIER_KINDS, type BarrierKind } from '../vocabularies/vocabularies';
import type { DigestFigures } from './content';
import { type Contribution, placeRowOf } from './contributions';

/** A group of contributions that is counted together. Contributions come oldest first. */
export class Cell {
  readonly contributions: Contribution[] = [];
  readonly #people = new Set<string>();
  readonly #countries = new Set<string>();

  add(contribution: Contribution): void {
    this.contributions.push(contribution);
    this.#people.add(contribution.authorId);
    if (contribution.country) this.#countries.add(contribution.country);
  }

  /** Distinct authors: whoever writes ten times counts once. */
  get people(): number {
    return this.#people.size;
  }

  get countries(): number {
    return this.#countries.size;
  }

  get ids(): string[] {
    return this.contributions.map(({ id }) => id);
  }
}

export interface Tally {
  total: Cell;
  /** Kinds that were raised. They overlap: a contribution may raise several. */
  kinds: Map<BarrierKind, Cell>;
  /** Rows of the table of places; empty for a country. */
  places: Map<string | null, Cell>;
  /** Where a kind was raised, by the rows of the table of places. */
  kindPlaces: Map<BarrierKind, Map<string | null, Cell>>;
}

/** Counts contributions; keys in a fixed order (the vocabulary's, codes by the alphabet). */
export function tally(scope: Scope, contributions: readonly Contribution[]): Tally {
  const total = new Cell();
  const kinds = new Map<BarrierKind, Cell>();
  const kindPlaces = new Map<BarrierKind, Map<string | null, Cell>>();
  const places = new Map<string | null, Cell>();
  for (const contribution of contributions) {
    const place = placeRowOf(scope, contribution);
    total.add(contribution);
    cellOf(places, place).add(contribution);
    for (const kind of contribution.kinds) {
      cellOf(kinds, kind).add(contribution);
      const ofKind = kindPlaces.get(kind) ?? new Map<string | null, Cell>();
      kindPlaces.set(kind, ofKind);
      cellOf(ofKind, place).add(contribution);
    }
  }
  // A single row that says no more than the whole is no table.
  if ([...places.keys()].every((place) => place === null)) places.clear();
  return { total, kinds: inOrder(kinds), places: byCode(places), kindPlaces };
}

function cellOf<K>(cells: Map<K, Cell>, key: K): Cell {
  const known = cells.get(key);
  if (known) return known;
  const made = new Cell();
  cells.set(key, made);
  return made;
}

function inOrder(kinds: Map<BarrierKind, Cell>): Map<BarrierKind, Cell> {
  const order = (kind: BarrierKind) => BARRIER_KINDS.indexOf(kind);
  return new Map([...kinds].sort(([a], [b]) => order(a) - order(b)));
}

function byCode(places: Map<string | null, Cell>): Map<string | null, Cell> {
  return new Map([...places].sort(([a], [b]) => ((a ?? '~') < (b ?? '~') ? -1 : 1)));
}

/** Which cells of a table may be public. */
export interface Publishable<K> {
  shown: Set<K>;
  /** Whether a cell that is large enough had to be left out. */
  withheld: boolean;
}

/**
 * Decides which numbers of people in a table are public, beside a public total. Numbers below
 * `min` are not. Where what is left of the total would give one away all the same, the smallest
 * that could be shown is left out too (complementary suppression).
 *
 * Parts of the total (places) leave exactly the hidden ones over; groups that overlap (kinds) leave
 * at least so many, which says something only where it is as much as they can be.
 */
export function publishable<K>(
  cells: ReadonlyMap<K, Cell>,
  total: number,
  min: number,
  overlapping: boolean,
): Publishable<K> {
  const large = [...cells].filter(([, cell]) => cell.people >= min);
  const shown = new Set(large.map(([key]) => key));
  const hidden = cells.size - large.length;
  if (hidden === 0 || total < min) return { shown, withheld: false };

  const rest = total - large.reduce((sum, [, cell]) => sum + cell.people, 0);
  const allAtMost = rest >= hidden * (min - 1);
  const allAtLeast = rest <= hidden;
  const revealed = overlapping ? allAtMost : hidden === 1 || allAtMost || allAtLeast;
  if (!revealed || large.length === 0) return { shown, withheld: false };

  const [smallest] = large.sort(([, a], [, b]) => a.people - b.people)[0] ?? [];
  shown.delete(smallest as K);
  return { shown, withheld: true };
}

/** The figures of a cell as they may be public: all of them, or none. */
export function figuresOf(cell: Cell, shown: boolean): DigestFigures {
  if (!shown) return { people: null, contributions: null, countries: null };
  const { people, countries } = cell;
  return { people, countries, contributions: cell.contributions.length };
}
