import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import {
  ancestors,
  childRegions,
  isCountry,
  regionOf,
  regions,
  WORLD,
} from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';
import type { Crowd } from './count-people';
import {
  type Cell,
  type Counts,
  type Figure,
  type Line,
  lineOf,
  type PublicTable,
  type Sum,
  suppress,
  tableOf,
} from './figures';
import { placeRowOf } from './place-rows';

/**
 * The public figures of all places together. A number hidden on one page is hidden on all:
 * otherwise the pages of a larger region and a smaller one could be combined to compute it.
 */
export interface Atlas {
  /** True if anyone reported from the scope, of the kind if one is given. */
  has: (scope: Scope, kind?: BarrierKind | null) => boolean;
  /**
   * Returns how many people reported from each of these places; places without any are left out.
   */
  people: (codes: readonly string[]) => PlacesFigures;
  /**
   * Returns the table of a scope. Rows are the smallest regions; countries if the scope is a
   * smallest region; none if it is a country. The row null is for contributions without a more
   * specific place. With a kind, only people who reported that kind are counted.
   */
  table: (scope: Scope, kind?: BarrierKind | null) => PublicTable<string | null>;
}

/** Numbers of people by place. */
export interface PlacesFigures {
  figures: ReadonlyMap<string, Figure>;
  /** True if some hidden numbers are not small themselves. */
  withheld: boolean;
}

const NOBODY: Counts = { people: 0, kinds: new Map() };

/** Counts people by place, each once per number, and decides which numbers are public. */
export function atlasOf(crowds: readonly Crowd[], min: number): Atlas {
  const counts = new Map<string, MutableCounts>();
  const rowsOf = new Map<Scope, Set<string | null>>();
  for (const crowd of crowds) {
    // A person who reported from two places in a region counts once in it.
    const keys = new Set(crowd.places.flatMap((place) => keysOf(place, rowsOf)));
    for (const key of keys) {
      const known = counts.get(key) ?? { people: 0, kinds: new Map() };
      counts.set(key, known);
      if (crowd.kind === null) known.people += crowd.people;
      else known.kinds.set(crowd.kind, (known.kinds.get(crowd.kind) ?? 0) + crowd.people);
    }
  }

  const lines = new Map(
    [...counts].map(([key, one]) => {
      const line = lineOf(inOrder(one), min);
      if (key.endsWith(EXACTLY)) for (const cell of cellsOf(line)) cell.hidden = true;
      return [key, line];
    }),
  );
  suppress(sumsAmong(lines, rowsOf), min);

  const none = lineOf(NOBODY, min);
  return {
    has: (scope, kind = null) => {
      const line = lines.get(scope);
      return kind ? line?.kinds.has(kind) === true : line !== undefined;
    },
    people: (codes) => {
      const found = codes.flatMap((code): [string, Cell][] => {
        const line = lines.get(code);
        return line ? [[code, line.people]] : [];
      });
      return {
        figures: new Map(found.map(([code, { hidden, size }]) => [code, hidden ? null : size])),
        withheld: found.some(([, { hidden, size }]) => hidden && size >= min),
      };
    },
    table: (scope, kind = null) => {
      const of = (line: Line): Line => (kind ? onlyKind(line, kind) : line);
      const rows = [...(rowsOf.get(scope) ?? [])].flatMap((row): [string | null, Line][] => {
        const line = lines.get(row ?? unplaced(scope));
        return line && (!kind || line.kinds.has(kind)) ? [[row, of(line)]] : [];
      });
      return tableOf(of(lines.get(scope) ?? none), new Map(rows), min);
    },
  };
}

interface MutableCounts {
  people: number;
  kinds: Map<BarrierKind, number>;
}

/**
 * Returns the keys of all numbers in which a person from this place is counted; records the rows
 * they belong to.
 */
function keysOf(place: string | null, rowsOf: Map<Scope, Set<string | null>>): string[] {
  const country = place !== null && isCountry(place) ? place : null;
  const placed = { country, region: country ? regionOf(country) : place };
  const around = place ? [place, ...ancestors(place)].filter((code) => code !== WORLD) : [];
  const keys = [exactly(place === null || place === WORLD ? 'world' : place)];
  for (const scope of new Set<Scope>(['world', ...around])) {
    keys.push(scope);
    if (scope === country) continue;
    const row = placeRowOf(scope, placed);
    rowsOf.set(scope, (rowsOf.get(scope) ?? new Set()).add(row));
    if (row === null) keys.push(unplaced(scope));
  }
  return keys;
}

/** Sorts kinds in the order of the vocabulary. */
function inOrder({ people, kinds }: Counts): Counts {
  const order = ([kind]: [BarrierKind, number]) => BARRIER_KINDS.indexOf(kind);
  return { people, kinds: new Map([...kinds].sort((a, b) => order(a) - order(b))) };
}

/** Returns all sums: the tables as shown, and regions as the sum of the regions in them. */
function sumsAmong(
  lines: ReadonlyMap<string, Line>,
  rowsOf: ReadonlyMap<Scope, ReadonlySet<string | null>>,
): Sum[] {
  const sum = (scope: string, parts: readonly string[]): Sum[] => {
    const total = lines.get(scope);
    const found = parts.flatMap((part) => lines.get(part) ?? []);
    return total && found.length > 0 ? [{ total, parts: found }] : [];
  };
  const scopes = ['world', ...regions.map(({ code }) => code).filter((code) => code !== WORLD)];
  return scopes.flatMap((scope) => [
    ...sum(
      scope,
      [...(rowsOf.get(scope) ?? [])].map((row) => row ?? unplaced(scope)),
    ),
    ...(childRegions(scope).length > 0
      ? [
          ...sum(scope, [...childRegions(scope), exactly(scope)]),
          ...sum(unplaced(scope), [...wideRegions(scope).map(unplaced), exactly(scope)]),
        ]
      : []),
  ]);
}

/** Returns the regions directly below `scope` that themselves contain regions. */
function wideRegions(scope: Scope): string[] {
  return childRegions(scope).filter((code) => childRegions(code).length > 0);
}

function cellsOf({ people, kinds }: Line): Cell[] {
  return [people, ...kinds.values()];
}

/** Returns the numbers of one kind as a separate line. */
function onlyKind({ kinds }: Line, kind: BarrierKind): Line {
  const cell = kinds.get(kind) ?? { size: 0, hidden: true };
  return { people: cell, kinds: new Map([[kind, cell]]) };
}

/** Returns the key of the row for contributions without a more specific place. */
function unplaced(scope: Scope): string {
  return `${scope} unplaced`;
}

const EXACTLY = ' exactly';

/**
 * Returns the key for contributions with exactly this place; no page shows this number by itself.
 */
function exactly(scope: Scope): string {
  return scope + EXACTLY;
}
