import type { BarrierKind } from '~/domain/community/vocabularies';
import { placeCodesIn } from '~/domain/forum/posts/post-place';
import type { Community } from '~/platform/community/community';
import { ancestors, isCountry, isRegion, regionOf, WORLD } from '~/platform/places/places';
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

/** How many people one number counts. */
export interface PlaceLine {
  /** As in `linesOf`. */
  place: string;
  /** Null for people who reported any kind. */
  kind: BarrierKind | null;
  people: number;
}

/** Counts people by place, each once per number. */
export function countCrowds(crowds: readonly Crowd[]): PlaceLine[] {
  return crowds.flatMap(({ places, kind, people }) =>
    // A person who reported from two places in a region counts once in it.
    [...new Set(places.flatMap(linesOf))].map((place) => ({ place, kind, people })),
  );
}

/** Lines of the same place and kind are added up; kinds are in the community's order. */
export function atlasOf(found: readonly PlaceLine[], community: Community): Atlas {
  const counts = new Map<string, MutableCounts>();
  for (const { place, kind, people } of found) {
    const known = counts.get(place) ?? { people: 0, kinds: new Map() };
    counts.set(place, known);
    if (kind === null) known.people += people;
    else known.kinds.set(kind, (known.kinds.get(kind) ?? 0) + people);
  }

  const byOrder = community.byOrder('barrier');
  const inOrder = ({ people, kinds }: Counts): Counts => ({
    people,
    kinds: new Map([...kinds].sort(([a], [b]) => byOrder(a, b))),
  });
  const lines = new Map(
    [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, inOrder(one)]),
  );
  const rowsOf = Map.groupBy([...lines.keys()].flatMap(rowsOfLine), ({ scope }) => scope);
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
      const rows = (rowsOf.get(scope) ?? []).flatMap(({ row }): [string | null, Counts][] => {
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

/**
 * Returns the lines that count a person from this place: the place, all around it, `world`, and for
 * each of them that has no smaller row for the place, what is unplaced in it.
 */
export function linesOf(place: string | null): string[] {
  const around = place ? [place, ...ancestors(place)].filter((code) => code !== WORLD) : [];
  return [...new Set<Scope>(['world', ...around])].flatMap((scope) => [
    scope,
    ...(!isCountry(scope) && placeRowOf(scope, placedAt(place)) === null ? [unplaced(scope)] : []),
  ]);
}

/** Returns the lines that the table of a scope is made of. */
export function linesOfTable(scope: Scope): string[] {
  const smaller = scope === 'world' || isRegion(scope) ? placeCodesIn(scope) : [];
  const rows = smaller.filter((code) => placeRowOf(scope, placedAt(code)) === code);
  return [...new Set([scope, ...rows, unplaced(scope)])];
}

/** Returns the tables that a line is a row of, and as which row. */
function rowsOfLine(line: string): { scope: Scope; row: string | null }[] {
  if (line.endsWith(UNPLACED)) return [{ scope: line.slice(0, -UNPLACED.length), row: null }];
  if (line === 'world') return [];
  return ['world', ...ancestors(line).filter((code) => code !== WORLD)]
    .filter((scope) => placeRowOf(scope, placedAt(line)) === line)
    .map((scope) => ({ scope, row: line }));
}

function placedAt(place: string | null) {
  const country = place !== null && isCountry(place) ? place : null;
  return { country, region: country ? regionOf(country) : place };
}

/** Returns the numbers of one kind as a separate line. */
function onlyKind({ kinds }: Counts, kind: BarrierKind): Counts {
  const people = kinds.get(kind) ?? 0;
  return { people, kinds: new Map([[kind, people]]) };
}

const UNPLACED = ' unplaced';

/** Returns the line for contributions without a more specific place. */
function unplaced(scope: Scope): string {
  return scope + UNPLACED;
}
