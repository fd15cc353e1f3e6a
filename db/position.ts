import { type AnyColumn, and, gt, gte, lt, lte, or, type Placeholder, type SQL } from 'drizzle-orm';

/** The position of a row in a list by time; of equal times, the id decides. */
export interface Position {
  /** UTC milliseconds. */
  createdAt: number;
  id: string;
}

/** A position, or in a prepared query any position. */
type AnyPosition = { [Key in keyof Position]: Position[Key] | Placeholder };

/**
 * The columns with the position of a row. The id alone does not tell which row is later: processes
 * count their ids separately.
 */
interface PositionColumns {
  createdAt: AnyColumn;
  id: AnyColumn;
}

/** Condition for rows later than a position; without one, for all rows. */
export function isAfter(position: AnyPosition | null | undefined, of: PositionColumns) {
  return isBeyond([gte, gt], position, of);
}

/** Condition for rows earlier than a position; without one, for all rows. */
export function isBefore(position: AnyPosition | null | undefined, of: PositionColumns) {
  return isBeyond([lte, lt], position, of);
}

/** The first condition is a range of an index; SQLite makes none of the second. */
function isBeyond(
  [notBefore, beyond]: [typeof gte, typeof gt],
  position: AnyPosition | null | undefined,
  of: PositionColumns,
): SQL | undefined {
  if (!position) return undefined;
  const { createdAt, id } = position;
  return and(
    notBefore(of.createdAt, createdAt),
    or(beyond(of.createdAt, createdAt), beyond(of.id, id)),
  );
}
