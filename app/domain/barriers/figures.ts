import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';

/** Numbers of distinct people: all of a row, and by the kinds of barrier they raised. */
export interface Counts {
  people: number;
  /** Kinds overlap: a person may raise several. Kinds that nobody raised have no entry. */
  kinds: ReadonlyMap<BarrierKind, number>;
}

/** A table of counts: rows that share out the total by place. */
export interface CountTable<Row> {
  total: Counts;
  rows: ReadonlyMap<Row, Counts>;
}

/** A number as it may be public; null where it is too small, or would give a small one away. */
export type Figure = number | null;

export interface Figures {
  people: Figure;
  kinds: Map<BarrierKind, Figure>;
}

export interface PublicTable<Row> {
  total: Figures;
  /** Empty where the whole is too small. A kind has no entry where its number is hidden. */
  rows: Map<Row, Figures>;
  withheld: Withheld;
}

/**
 * Whether numbers that are large enough had to be left out as well: then no null among them tells
 * which of the two it is.
 */
export interface Withheld {
  /** Of people in all, and by row. */
  people: boolean;
  /** Of people by kind, in all. */
  kinds: boolean;
}

/** A number of the table, or that it is hidden; `size` is what the attacker is not to learn. */
export interface Cell {
  readonly size: number;
  hidden: boolean;
}

/** A line of numbers whose publication is decided together with others. */
export interface Line {
  people: Cell;
  kinds: Map<BarrierKind, Cell>;
}

/** Lines that share out a total: what is shown of them adds up to what is shown of it. */
export interface Sum {
  total: Line;
  parts: readonly Line[];
}

/**
 * Makes a table public. Numbers below `min` are hidden (primary suppression); then, as long as
 * what is left lets somebody work one of them out, the smallest number that helps them is hidden
 * too (secondary suppression).
 *
 * The somebody who is kept out knows this rule. They use that places add up to the total, for all
 * people and for each kind; that in a place nobody is counted who raised no kind; and that a kind
 * is raised by no more people than there are. They are kept from knowing a hidden small number
 * exactly. See docs/decisions for the method's limits.
 */
export function publicTable<Row>(table: CountTable<Row>, min: number): PublicTable<Row> {
  const total = lineOf(table.total, min);
  const rows = new Map([...table.rows].map(([row, counts]) => [row, lineOf(counts, min)]));
  suppress([{ total, parts: [...rows.values()] }], min);
  return tableOf(total, rows, min);
}

/** A table of lines whose numbers are decided on. */
export function tableOf<Row>(
  total: Line,
  rows: ReadonlyMap<Row, Line>,
  min: number,
): PublicTable<Row> {
  const anyLarge = (cells: Iterable<Cell>) =>
    [...cells].some((cell) => cell.hidden && cell.size >= min);
  return {
    total: figuresOf(total),
    // Of few people, how many places they wrote from says too much already.
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
 * Hides what would let somebody work a small number out, in all sums at once: a line may be a part
 * of one and the total of another, and is hidden in both or in none.
 */
export function suppress(sums: readonly Sum[], min: number): void {
  const lines = new Set(sums.flatMap(({ total, parts }) => [total, ...parts]));
  const tables = cellTables(sums);
  // Hiding one number may open another: again until nothing is left to hide.
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

/** A line with its small numbers hidden. */
export function lineOf(counts: Counts, min: number): Line {
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

/** Not even which kinds a place has hidden numbers of. */
function onlyShown(line: Line): Figures {
  const { people, kinds } = figuresOf(line);
  return { people, kinds: new Map([...kinds].filter(([, figure]) => figure !== null)) };
}

/** What adds up, number by number: all people, and those of each kind. */
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
 * Works out hidden numbers from shown ones, sum by sum: where all but one of a sum are known, so is
 * that one. Gives the smallest of the shown numbers that lead to a small one.
 */
function worksOut(sums: readonly CellSum[], min: number): Cell | undefined {
  /** What is known, and the shown numbers that it is known from. */
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

/** The number of a line's kinds that tells too much of its people or of its other kinds. */
function kindThatTells({ people, kinds }: Line, min: number): Cell | undefined {
  const cells = [...kinds.values()];
  const shown = smallestShown(cells);
  if (!shown) return undefined;
  // Where the people are hidden, a kind of theirs would tell how many they are at least.
  if (people.hidden) return shown;
  // Everybody raised something: who is in no shown kind is in a hidden one. That pins the hidden
  // ones where they have to be as large as small ones can be.
  const small = cells.filter(({ hidden, size }) => hidden && size < min).length;
  const large = cells.filter(({ hidden, size }) => hidden && size >= min).length;
  const outside = people.size - sum(cells.filter(({ hidden }) => !hidden));
  const pinned = small > 0 && large === 0 && outside >= small * (min - 1);
  return pinned ? shown : undefined;
}

/** Whether a public total and the public ones of its parts give a small hidden part away. */
function sumTells(total: Cell, parts: readonly Cell[], min: number): boolean {
  const hidden = parts.filter((part) => part.hidden);
  const small = hidden.filter(({ size }) => size < min).length;
  if (total.hidden || small === 0) return false;
  const shown = parts.filter((part) => !part.hidden);
  const large = hidden.length - small;
  const rest = total.size - sum(shown);
  // Parts may overlap (somebody wrote from two places): then the rest is smaller than what is
  // hidden, and says nothing more than that.
  const most = rest - (small - 1) - large * min;
  if (most < 1) return false;
  const largest = smallestShown(shown)?.size ?? total.size;
  const least = rest - (small - 1) * (min - 1) - large * largest;
  return Math.min(most, min - 1) <= Math.max(least, 1);
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((all, { size }) => all + size, 0);
}
