import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';

/** Numbers of distinct people: in total, and by kind of barrier. */
export interface Counts {
  people: number;
  /** Kinds overlap: a person may report several. Kinds that nobody reported have no entry. */
  kinds: ReadonlyMap<BarrierKind, number>;
}

/** A table of counts: the rows divide the total by place. */
export interface CountTable<Row> {
  total: Counts;
  rows: ReadonlyMap<Row, Counts>;
}

/** A number as published; null if it is too small, or would reveal a small one. */
export type Figure = number | null;

export interface Figures {
  people: Figure;
  kinds: Map<BarrierKind, Figure>;
}

export interface PublicTable<Row> {
  total: Figures;
  /** Empty if the total is too small. A kind has no entry if its number is hidden. */
  rows: Map<Row, Figures>;
  withheld: Withheld;
}

/** True if large numbers are hidden too, so that a null does not show which of the two it is. */
interface Withheld {
  /** Of the total people or of a row's people. */
  people: boolean;
  /** Of the total people by kind. */
  kinds: boolean;
}

/** A number of the table, with its true size and whether it is hidden. */
interface Cell {
  readonly size: number;
  hidden: boolean;
}

/** Numbers whose publication is decided together with others. */
interface Line {
  people: Cell;
  kinds: Map<BarrierKind, Cell>;
}

/** Lines that add up to a total. */
interface Sum {
  total: Line;
  parts: readonly Line[];
}

/**
 * Makes a table public. Numbers below `min` are hidden (primary suppression). Then, as long as a
 * hidden number can be computed from the rest, the smallest number that helps is hidden too
 * (secondary suppression).
 *
 * The attacker is assumed to know this rule, and to use that places add up to the total, for all
 * people and for each kind; that everyone counted in a place reported some kind; and that no kind
 * has more people than there are in total. The attacker must not learn a hidden small number
 * exactly. See docs/decisions for the limits of the method.
 */
export function publicTable<Row>(table: CountTable<Row>, min: number): PublicTable<Row> {
  const total = lineOf(table.total, min);
  const rows = new Map([...table.rows].map(([row, counts]) => [row, lineOf(counts, min)]));
  suppress([{ total, parts: [...rows.values()] }], min);
  return tableOf(total, rows, min);
}

/** Returns the public table for lines that have been decided on. */
function tableOf<Row>(total: Line, rows: ReadonlyMap<Row, Line>, min: number): PublicTable<Row> {
  const anyLarge = (cells: Iterable<Cell>) =>
    [...cells].some((cell) => cell.hidden && cell.size >= min);
  return {
    total: figuresOf(total),
    // If there are few people, even the number of places would reveal too much.
    rows: new Map(
      total.people.size < min ? [] : [...rows].map(([row, line]) => [row, onlyShown(line)]),
    ),
    withheld: {
      people: anyLarge([total, ...rows.values()].map(({ people }) => people)),
      kinds: anyLarge(total.kinds.values()),
    },
  };
}

/**
 * Hides numbers from which a small number could be computed, in all sums at once: a line may be
 * part of one sum and the total of another, and is hidden in both or in neither.
 */
function suppress(sums: readonly Sum[], min: number): void {
  const lines = new Set(sums.flatMap(({ total, parts }) => [total, ...parts]));
  const tables = cellTables(sums);
  // Hiding one number may reveal another, so repeat until nothing changes.
  for (let again = true; again; ) {
    again = false;
    for (const line of lines) {
      for (let cell = kindThatTells(line, min); cell; cell = kindThatTells(line, min)) {
        again = hide(cell);
      }
    }
    for (const table of tables) {
      for (const { total, parts } of table) {
        while (sumTells(total, parts, min)) again = hide(smallestShown(parts) ?? total);
      }
      for (let cell = worksOut(table, min); cell; cell = worksOut(table, min)) {
        again = hide(cell);
      }
    }
  }
}

/** Returns a line with its small numbers hidden. */
function lineOf(counts: Counts, min: number): Line {
  const cell = (size: number): Cell => ({ size, hidden: size < min });
  const kinds = [...counts.kinds].map(([kind, size]) => [kind, cell(size)] as const);
  return { people: cell(counts.people), kinds: new Map(kinds) };
}

function figuresOf({ people, kinds }: Line): Figures {
  const figure = ({ hidden, size }: Cell): Figure => (hidden ? null : size);
  return {
    people: figure(people),
    kinds: new Map([...kinds].map(([kind, cell]) => [kind, figure(cell)])),
  };
}

/** Kinds with a hidden number are left out, so that not even their existence is public. */
function onlyShown(line: Line): Figures {
  const { people, kinds } = figuresOf(line);
  return { people, kinds: new Map([...kinds].filter(([, figure]) => figure !== null)) };
}

/** Returns the sums for each number separately: all people, and people of each kind. */
function cellTables(sums: readonly Sum[]): CellSum[][] {
  const ofPeople = sums.map(({ total, parts }) => ({
    total: total.people,
    parts: parts.map(({ people }) => people),
  }));
  const ofKinds = BARRIER_KINDS.map((kind) =>
    sums.flatMap(({ total, parts }) => {
      const sum = total.kinds.get(kind);
      return sum
        ? [{ total: sum, parts: parts.flatMap((line) => line.kinds.get(kind) ?? []) }]
        : [];
    }),
  );
  return [ofPeople, ...ofKinds];
}

interface CellSum {
  total: Cell;
  parts: readonly Cell[];
}

/**
 * Computes hidden numbers from shown ones, sum by sum: if all but one number of a sum are known,
 * that one is known too. Returns the smallest shown number that reveals a small one.
 */
function worksOut(sums: readonly CellSum[], min: number): Cell | undefined {
  /** Known numbers, each with the shown numbers it was computed from. */
  const known = new Map<Cell, ReadonlySet<Cell>>();
  for (const { total, parts } of sums) {
    for (const cell of [total, ...parts]) if (!cell.hidden) known.set(cell, new Set([cell]));
  }
  for (let learned = true; learned; ) {
    learned = false;
    for (const { total, parts } of sums) {
      const cells = [total, ...parts];
      const [unknown, ...more] = cells.filter((cell) => !known.has(cell));
      if (!unknown || more.length > 0) continue;
      const from = new Set(cells.flatMap((cell) => [...(known.get(cell) ?? [])]));
      if (unknown.size < min && from.size > 0) return smallestShown([...from]);
      known.set(unknown, from);
      learned = true;
    }
  }
  return undefined;
}

function hide(cell: Cell): true {
  cell.hidden = true;
  return true;
}

function smallestShown(cells: readonly Cell[]): Cell | undefined {
  return cells.filter(({ hidden }) => !hidden).sort((a, b) => a.size - b.size)[0];
}

/** Returns the number of a kind that reveals too much about the line's total or other kinds. */
function kindThatTells({ people, kinds }: Line, min: number): Cell | undefined {
  const cells = [...kinds.values()];
  const shown = smallestShown(cells);
  if (!shown) return undefined;
  // If the total is hidden, a shown kind would give a minimum for it.
  if (people.hidden) return shown;
  // Everyone reported at least one kind, so people who are in no shown kind are in a hidden one.
  // That determines the hidden numbers if they must have their maximum size.
  const small = cells.filter(({ hidden, size }) => hidden && size < min).length;
  const large = cells.filter(({ hidden, size }) => hidden && size >= min).length;
  const outside = people.size - sum(cells.filter(({ hidden }) => !hidden));
  const pinned = small > 0 && large === 0 && outside >= small * (min - 1);
  return pinned ? shown : undefined;
}

/** True if a public total and its public parts reveal a small hidden part. */
function sumTells(total: Cell, parts: readonly Cell[], min: number): boolean {
  const hidden = parts.filter((part) => part.hidden);
  const small = hidden.filter(({ size }) => size < min).length;
  if (total.hidden || small === 0) return false;
  const shown = parts.filter((part) => !part.hidden);
  const large = hidden.length - small;
  const rest = total.size - sum(shown);
  // Parts may overlap (a person reported from two places): then the rest is smaller than the hidden
  // parts and reveals nothing more.
  const most = rest - (small - 1) - large * min;
  if (most < 1) return false;
  const largest = smallestShown(shown)?.size ?? total.size;
  const least = rest - (small - 1) * (min - 1) - large * largest;
  return Math.min(most, min - 1) <= Math.max(least, 1);
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((all, { size }) => all + size, 0);
}
