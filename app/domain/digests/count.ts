import { publicTable } from '~/domain/barriers/figures';
import { placeRowOf } from '~/domain/barriers/place-rows';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import type { Scope } from '~/platform/places/scope';
import type { DigestFigures } from './content-parts';
import type { Contribution } from './contributions';

/** Contributions that are counted together. They must be added oldest first. */
export class Cell {
  readonly contributions: Contribution[] = [];
  readonly #people = new Set<string>();
  readonly #countries = new Set<string>();

  add(contribution: Contribution): void {
    this.contributions.push(contribution);
    this.#people.add(contribution.authorId);
    if (contribution.country) this.#countries.add(contribution.country);
  }

  /** Number of distinct authors. */
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
  /** Counts by kind of barrier. They overlap: a contribution may have several kinds. */
  kinds: Map<BarrierKind, Cell>;
  /** Counts by row of the table of places; empty for a country. */
  places: Map<string | null, Cell>;
  /** Counts of a kind by row of the table of places. */
  kindPlaces: Map<BarrierKind, Map<string | null, Cell>>;
}

/** Counts contributions; keys are in a fixed order (the vocabulary's, codes alphabetically). */
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
  // A single row that equals the total is not a useful table.
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

/** The keys of a table whose numbers may be public. */
export interface Publishable<K> {
  shown: Set<K>;
  /** True if a number that is large enough had to be hidden. */
  withheld: boolean;
}

export interface PublicCells {
  /** True if the total may be public. */
  total: boolean;
  kinds: Publishable<BarrierKind>;
  places: Publishable<string | null>;
  /** True if the number of a kind in a place may be public. */
  kindInPlace(kind: BarrierKind, place: string | null): boolean;
}

/**
 * Decides which numbers of people may be public, by the rule of the barrier pages: none below
 * `min`, and none from which one of those could be computed (complementary suppression).
 */
export function publicCells({ total, kinds, places, kindPlaces }: Tally, min: number): PublicCells {
  const sizes = (cells: ReadonlyMap<BarrierKind, Cell>) =>
    new Map([...cells].map(([kind, { people }]) => [kind, people]));
  const rows = [...places].map(([place, { people }]) => {
    const there = [...kindPlaces].flatMap(([kind, cells]): [BarrierKind, Cell][] => {
      const cell = cells.get(place);
      return cell ? [[kind, cell]] : [];
    });
    return [place, { people, kinds: sizes(new Map(there)) }] as const;
  });
  const table = publicTable(
    { total: { people: total.people, kinds: sizes(kinds) }, rows: new Map(rows) },
    min,
  );
  const isShown = (figure: number | null | undefined) => typeof figure === 'number';
  return {
    total: isShown(table.total.people),
    kinds: {
      shown: new Set([...kinds.keys()].filter((kind) => isShown(table.total.kinds.get(kind)))),
      withheld: table.withheld.kinds,
    },
    places: {
      shown: new Set([...places.keys()].filter((row) => isShown(table.rows.get(row)?.people))),
      withheld: table.withheld.people,
    },
    kindInPlace: (kind, place) => isShown(table.rows.get(place)?.kinds.get(kind)),
  };
}

/** Returns the public figures of a cell: all or none. */
export function figuresOf(cell: Cell, shown: boolean): DigestFigures {
  if (!shown) return { people: null, contributions: null, countries: null };
  const { people, countries } = cell;
  return { people, countries, contributions: cell.contributions.length };
}
