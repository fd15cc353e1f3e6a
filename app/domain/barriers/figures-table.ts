import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Community } from '~/platform/community/community';
import { ancestors, isCountry, regionOf, WORLD } from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';
import type { Crowd } from './count-people';
import { placeRowOf } from './place-rows';

/** Numbers of distinct people: in total, and by kind of barrier. */
export interface Counts {
  people: number;
  /**
   * Kinds overlap: a person may report several. Kinds that nobody reported have no entry; the others
   * are in the community's order.
   */
  kinds: ReadonlyMap<BarrierKind, number>;
}

/** A table of counts: the rows divide the total by place. */
export interface CountTable<Row> {
  total: Counts;
  rows: ReadonlyMap<Row, Counts>;
}

/** The figures of all places together. */
export interface Atlas {
  /** True if anyone reported from the scope, of the kind if one is given. */
  has: (scope: Scope, kind?: BarrierKind | null) => boolean;
  /** Returns how many people reported from each place; places without any are left out. */
  people: (codes: readonly string[]) => ReadonlyMap<string, number>;
  /**
   * Returns the table of a scope. Rows are the smallest regions; countries if the scope is a
   * smallest region; none if it is a country. The row null is for contributions without a more
   * specific place. With a kind, only people who reported that kind are counted.
   */
  table: (scope: Scope, kind?: BarrierKind | null) => CountTable<string | null>;
}

const NOBODY: Counts = { people: 0, kinds: new Map() };

/** Counts people by place, each once per number; kinds in the community's order. */
export function atlasOf(crowds: readonly Crowd[], community: Community): Atlas {
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

  const byOrder = community.byOrder('barrier');
  const inOrder = ({ people, kinds }: Counts): Counts => ({
    people,
    kinds: new Map([...kinds].sort(([a], [b]) => byOrder(a, b))),
  });
  const lines = new Map([...counts].map(([key, one]) => [key, inOrder(one)]));
  return {
    has: (scope, kind = null) => {
      const line = lines.get(scope);
      return kind ? line?.kinds.has(kind) === true : line !== undefined;
    },
    people: (codes) =>
      new Map(
        codes.flatMap((code): [string, number][] => {
          const line = lines.get(code);
          return line ? [[code, line.people]] : [];
        }),
      ),
    table: (scope, kind = null) => {
      const of = (line: Counts) => (kind ? onlyKind(line, kind) : line);
      const rows = [...(rowsOf.get(scope) ?? [])].flatMap((row): [string | null, Counts][] => {
        const line = lines.get(row ?? unplaced(scope));
        return line && (!kind || line.kinds.has(kind)) ? [[row, of(line)]] : [];
      });
      return { total: of(lines.get(scope) ?? NOBODY), rows: new Map(rows) };
    },
  };
}

interface MutableCounts {
  people: number;
  kinds: Map<BarrierKind, number>;
}

/** Returns the keys of all numbers that count a person from this place; records their rows. */
function keysOf(place: string | null, rowsOf: Map<Scope, Set<string | null>>): string[] {
  const country = place !== null && isCountry(place) ? place : null;
  const placed = { country, region: country ? regionOf(country) : place };
  const around = place ? [place, ...ancestors(place)].filter((code) => code !== WORLD) : [];
  const keys: string[] = [];
  for (const scope of new Set<Scope>(['world', ...around])) {
    keys.push(scope);
    if (scope === country) continue;
    const row = placeRowOf(scope, placed);
    rowsOf.set(scope, (rowsOf.get(scope) ?? new Set()).add(row));
    if (row === null) keys.push(unplaced(scope));
  }
  return keys;
}

/** Returns the numbers of one kind as a separate line. */
function onlyKind({ kinds }: Counts, kind: BarrierKind): Counts {
  const people = kinds.get(kind) ?? 0;
  return { people, kinds: new Map([[kind, people]]) };
}

/** Returns the key of the row for contributions without a more specific place. */
function unplaced(scope: Scope): string {
  return `${scope} unplaced`;
}
