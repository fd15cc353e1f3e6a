import type { BarrierKind } from '../vocabularies/vocabularies';

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
interface Cell {
  readonly size: number;
  hidden: boolean;
}

interface Line {
  people: Cell;
  kinds: Map<BarrierKind, Cell>;
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
  const lines = [...rows.values()];
  // Hiding one number may open another: again until nothing is left to hide.
  while (hideOneMore(total, lines, min));
  const anyLarge = (cells: Iterable<Cell>) =>
    [...cells].some((cell) => cell.hidden && cell.size >= min);
  return {
    total: figuresOf(total),
    // Of few people, how many places they wrote from says too much already.
    rows: new Map(
      table.total.people < min ? [] : [...rows].map(([row, line]) => [row, onlyShown(line)]),
    ),
    withheld: {
      people: anyLarge([total, ...lines].map(({ people }) => people)),
      kinds: anyLarge(total.kinds.values()),
    },
  };
}

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

/** Not even which kinds a place has hidden numbers of. */
function onlyShown(line: Line): Figures {
  const { people, kinds } = figuresOf(line);
  return { people, kinds: new Map([...kinds].filter(([, figure]) => figure !== null)) };
}

/** Hides one number that says too much; false when there is none. */
function hideOneMore(total: Line, lines: readonly Line[], min: number): boolean {
  for (const line of [total, ...lines]) {
    const telling = kindThatTells(line, min);
    if (telling) return hide(telling);
  }
  const people = lines.map((line) => line.people);
  if (sumTells(total.people, people, min)) return hide(smallestShown(people) ?? total.people);
  for (const [kind, sum] of total.kinds) {
    const parts = lines.flatMap((line) => line.kinds.get(kind) ?? []);
    if (sumTells(sum, parts, min)) return hide(smallestShown(parts) ?? sum);
  }
  return false;
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
