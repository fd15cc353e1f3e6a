import { placeRowOf } from '~/domain/barriers/place-rows';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { idsOf } from '~/platform/ids';
import type { Scope } from '~/platform/places/scope';
import type { Contribution } from './contributions';

/** Contributions that are counted together. They must be added oldest first. */
export class Cell {
  readonly contributions: Contribution[] = [];
  readonly #people = new Set<string>();
  readonly #placed = new Set<string>();
  readonly #countries = new Set<string>();

  add(contribution: Contribution): void {
    this.contributions.push(contribution);
    this.#people.add(contribution.authorId);
    if (!contribution.country) return;
    this.#placed.add(contribution.authorId);
    this.#countries.add(contribution.country);
  }

  /** Number of distinct authors. */
  get people(): number {
    return this.#people.size;
  }

  /** Number of those whose country is known. */
  get placed(): number {
    return this.#placed.size;
  }

  get countries(): number {
    return this.#countries.size;
  }

  get ids(): string[] {
    return idsOf(this.contributions);
  }
}

export interface Tally {
  total: Cell;
  /** Counts by kind of barrier. They overlap: a contribution may have several kinds. */
  kinds: Map<BarrierKind, Cell>;
  /** Counts by row of the table of places; empty for a country. */
  places: Map<string | null, Cell>;
  /** Counts of a kind by row of the table of places. */
  kindPlaces: Map<BarrierKind, Map<string | null, Cell>>;
}

/**
 * Counts contributions; keys are in a fixed order (kinds by `byOrder`, which compares two for a sort,
 * codes alphabetically).
 */
export function tally(
  scope: Scope,
  contributions: readonly Contribution[],
  byOrder: (a: BarrierKind, b: BarrierKind) => number,
): Tally {
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
  // A single row that equals the total is not a useful table.
  if ([...places.keys()].every((place) => place === null)) places.clear();
  const ordered = new Map([...kinds].sort(([a], [b]) => byOrder(a, b)));
  return { total, kinds: ordered, places: byCode(places), kindPlaces };
}

function cellOf<K>(cells: Map<K, Cell>, key: K): Cell {
  const known = cells.get(key);
  if (known) return known;
  const made = new Cell();
  cells.set(key, made);
  return made;
}

function byCode(places: Map<string | null, Cell>): Map<string | null, Cell> {
  return new Map([...places].sort(([a], [b]) => ((a ?? '~') < (b ?? '~') ? -1 : 1)));
}

/** The figures of a cell. */
export function figuresOf({ people, countries, contributions }: Cell) {
  return { people, countries, contributions: contributions.length };
}
