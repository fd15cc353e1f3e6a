import type { Db } from './database';

interface Preparable<Prepared> {
  prepare(): Prepared;
}

interface Executable<Rows> {
  execute(values?: Record<string, unknown>): Rows | Promise<Rows>;
}

/**
 * A query that is put into words once for each handle and not at each call, for what is asked at
 * every request: to build it can take longer than to answer it. `build` marks what differs between
 * calls with `sql.placeholder(name)`; the values are given by these names.
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
    return await query.execute(values);
  };
}
