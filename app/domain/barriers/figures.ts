/** A table of distinct people: the rows divide the total by place. */
export interface PeopleTable<Row> {
  total: number;
  rows: ReadonlyMap<Row, number>;
}

/** A number as published; null if it is too small, or would reveal a small one. */
export type Figure = number | null;

export interface PublicTable<Row> {
  total: Figure;
  /** Empty if the total is too small. */
  rows: Map<Row, Figure>;
  /** True if large numbers are hidden too, so that a null does not show which of the two it is. */
  withheld: boolean;
}

/** A number of the table, with its true size and whether it is hidden. */
interface Cell {
  readonly size: number;
  hidden: boolean;
}

/**
 * Makes a table public. Numbers below `min` are hidden (primary suppression). Then, as long as a
 * hidden number can be computed from the rest, the smallest number that helps is hidden too
 * (secondary suppression).
 *
 * The attacker is assumed to know this rule, and to use that places add up to the total. The attacker
 * must not learn a hidden small number exactly. See docs/decisions for the limits of the method.
 */
export function publicTable<Row>(table: PeopleTable<Row>, min: number): PublicTable<Row> {
  const cell = (size: number): Cell => ({ size, hidden: size < min });
  const total = cell(table.total);
  const rows = [...table.rows].map(([row, size]) => [row, cell(size)] as const);
  const parts = rows.map(([, part]) => part);
  // Hiding one number may reveal another, so repeat until nothing changes.
  while (tells(total, parts, min)) (smallestShown(parts) ?? total).hidden = true;
  const figure = ({ hidden, size }: Cell): Figure => (hidden ? null : size);
  return {
    total: figure(total),
    // If there are few people, even the number of places would reveal too much.
    rows: new Map(total.size < min ? [] : rows.map(([row, part]) => [row, figure(part)])),
    withheld: [total, ...parts].some(({ hidden, size }) => hidden && size >= min),
  };
}

/** Returns the smallest number that is shown. */
function smallestShown(cells: readonly Cell[]): Cell | undefined {
  return cells.filter(({ hidden }) => !hidden).sort((a, b) => a.size - b.size)[0];
}

/** True if a public total and its public parts reveal a small hidden part. */
function tells(total: Cell, parts: readonly Cell[], min: number): boolean {
  const hidden = parts.filter((part) => part.hidden);
  const small = hidden.filter(({ size }) => size < min).length;
  if (total.hidden || small === 0) return false;
  // All but one are known, and so is that one.
  if (hidden.length === 1) return true;
  const shown = parts.filter((part) => !part.hidden);
  const large = hidden.length - small;
  const rest = total.size - shown.reduce((all, { size }) => all + size, 0);
  // Parts may overlap (a person reported from two places): then the rest is smaller than the hidden
  // parts and reveals nothing more.
  const most = rest - (small - 1) - large * min;
  if (most < 1) return false;
  const largest = smallestShown(shown)?.size ?? total.size;
  const least = rest - (small - 1) * (min - 1) - large * largest;
  return Math.min(most, min - 1) <= Math.max(least, 1);
}
