import { placeRowOf } from '../digests/contributions';
import { ancestors, childRegions, regions, WORLD } from '../places/places';
import type { Scope } from '../places/scope';
import type { BarrierKind } from '../vocabularies/vocabularies';
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
import { People, type Voice } from './voices';

/**
 * The public figures of every place at once. What is hidden of a place on one page is hidden on all
 * of them: else a wider region's page and a narrower one's, taken together, would tell what each
 * keeps to itself.
 */
export interface Atlas {
  /** Whether anybody spoke from there, of a kind where one is given. */
  has: (scope: Scope, kind?: BarrierKind | null) => boolean;
  /** How many people spoke from each of some places; nothing of those from which nobody did. */
  people: (codes: readonly string[]) => PlacesFigures;
  /**
   * The table of a scope: rows are the narrowest regions, in a narrowest region countries, none in
   * a country; null is for what was placed no more closely. With a kind, of who raised it.
   */
  table: (scope: Scope, kind?: BarrierKind | null) => PublicTable<string | null>;
}

/** Numbers of people by place. */
export interface PlacesFigures {
  figures: ReadonlyMap<string, Figure>;
  /** Whether among the hidden ones there are larger ones too. */
  withheld: boolean;
}

const NOBODY: Counts = { people: 0, kinds: new Map() };

/** Counts people by place, each once in every number, and decides which numbers are public. */
export function atlasOf(voices: readonly Voice[], min: number): Atlas {
  const people = new Map<string, People>();
  const rowsOf = new Map<Scope, Set<string | null>>();
  const add = (key: string, voice: Voice) => {
    const known = people.get(key) ?? new People();
    people.set(key, known);
    known.add(voice);
  };
  for (const voice of voices) {
    const place = voice.country ?? voice.region;
    const scopes = new Set<Scope>(['world']);
    for (const code of place ? [place, ...ancestors(place)] : []) {
      if (code !== WORLD) scopes.add(code);
    }
    for (const scope of scopes) {
      add(scope, voice);
      if (scope === voice.country) continue;
      const row = placeRowOf(scope, voice);
      rowsOf.set(scope, (rowsOf.get(scope) ?? new Set()).add(row));
      if (row === null) add(unplaced(scope), voice);
    }
    add(exactly(place === null || place === WORLD ? 'world' : place), voice);
  }

  const lines = new Map(
    [...people].map(([key, one]) => {
      const line = lineOf(one.counts(), min);
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

/** Everything that adds up: the tables as they are shown, and regions out of those within them. */
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

/** The regions directly within one that have regions within them. */
function wideRegions(scope: Scope): string[] {
  return childRegions(scope).filter((code) => childRegions(code).length > 0);
}

function cellsOf({ people, kinds }: Line): Cell[] {
  return [people, ...kinds.values()];
}

/** Who raised one kind, as a line of its own. */
function onlyKind({ kinds }: Line, kind: BarrierKind): Line {
  const cell = kinds.get(kind) ?? { size: 0, hidden: true };
  return { people: cell, kinds: new Map([[kind, cell]]) };
}

/** The row of a table for what was placed no more closely. */
function unplaced(scope: Scope): string {
  return `${scope} unplaced`;
}

const EXACTLY = ' exactly';

/** What named this very place and nothing within it; no page shows it by itself. */
function exactly(scope: Scope): string {
  return scope + EXACTLY;
}
