import type { Db } from './dialect-types';

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
