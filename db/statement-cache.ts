import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { jsonCell, jsonRows } from './dialect';
import type { Db, Insert, Table, Write } from './dialect-types';
import { storable } from './stored-text';

interface Preparable<Prepared> {
  prepare(): Prepared;
}

interface Executable<Rows> {
  execute(values?: Record<string, unknown>): Rows | Promise<Rows>;
}

/**
 * A query that is built once per handle instead of at each call, for queries that run on every
 * request: building one can take longer than running it. In `build`, mark the values that differ
 * between calls with `sql.placeholder(name)`, and lists of texts with `inList`; pass them by these names.
 */
export function prepared<Rows>(
  build: (db: Db) => Preparable<Executable<Rows>>,
): (db: Db, values: Record<string, unknown>) => Promise<Rows> {
  const made = new WeakMap<Db, Executable<Rows>>();
  return async (db, values) => {
    let query = made.get(db);
    if (!query) {
      query = build(db).prepare();
      made.set(db, query);
    }
    return await query.execute(withLists(values));
  };
}

/**
 * An insert of any number of rows that is built once per handle, as `prepared` does: the rows are one
 * value, as JSON. Values that are left out are the column's default.
 * @param onConflict adds what happens if a row is there; in it, `excluded` is the new row.
 */
export function preparedInsert<T extends Table>(
  table: T,
  onConflict: (insert: Insert<T>) => Write<T> = (insert) => insert,
): (db: Db, ...rows: T['$inferInsert'][]) => Promise<void> {
  const columns = Object.entries(getTableColumns(table));
  const cells = columns.map(([, column], at) => jsonCell(column, at));
  // Without a condition, SQLite would take what follows on a conflict for part of a join.
  const select = sql`select ${sql.join(cells, sql`, `)} from ${jsonRows(sql.placeholder('rows'))} where true`;
  const insert = prepared((db) => onConflict(db.insert(table).select(select)));
  return async (db, ...given: Record<string, unknown>[]) => {
    if (given.length === 0) return;
    const rows = given.map((row) =>
      columns.map(([name, column]) => {
        const value = row[name] === undefined ? column.default : row[name];
        return value == null ? null : storable(column.mapToDriverValue(value));
      }),
    );
    await insert(db, { rows });
  };
}

/** For what happens on a conflict: all columns become those of the new row. */
export function takenFrom<T extends Table>(table: T): Record<keyof T['$inferInsert'], SQL> {
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(
    columns.map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`]),
  ) as Record<keyof T['$inferInsert'], SQL>;
}

/** Returns the values with each list as JSON: in one value, so that its length changes no words. */
function withLists(values: Record<string, unknown>): Record<string, unknown> {
  if (!Object.values(values).some(Array.isArray)) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? JSON.stringify(value) : value,
    ]),
  );
}
