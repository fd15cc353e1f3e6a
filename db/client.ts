import type { Database } from './database';
import { DIALECT, dialectOf } from './dialect';
import { migratePostgres, openPostgres } from './postgres';
import { migrateSqlite, openSqlite } from './sqlite';

export type { Database, Db } from './database';

/**
 * Opens the database at an address; `migrations` is the folder of the schema's steps.
 * @throws Error when this process was started for a database of another kind.
 */
export function openDatabase(url: string, migrations: string): Database {
  requireDialect(url);
  return DIALECT === 'postgresql' ? openPostgres(url, migrations) : openSqlite(url, migrations);
}

/**
 * Brings the database to the newest schema, creating the file where there is none; repeating it
 * changes nothing, and several processes may do it at once.
 * @throws Error when this process was started for a database of another kind.
 */
export async function migrateDatabase(url: string, migrations: string): Promise<void> {
  requireDialect(url);
  if (DIALECT === 'postgresql') await migratePostgres(url, migrations);
  else migrateSqlite(url, migrations);
}

/** The schema took its dialect from the environment, before anything could read a setting. */
function requireDialect(url: string): void {
  if (dialectOf(url) === DIALECT) return;
  throw new Error(`DATABASE_URL must name the database when the program starts (${DIALECT} now)`);
}
