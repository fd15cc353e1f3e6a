import type { Database } from './database';
import { DIALECT, dialectOf } from './dialect';
import { migratePostgres, openPostgres } from './postgres';
import { migrateSqlite, openSqlite } from './sqlite';

export type { Database, Db, WriteScope, WriteSubject } from './database';

/**
 * Opens the database at `url`. `migrations` is the folder of the schema's migrations.
 * @throws Error if this process was started for the other kind of database.
 */
export function openDatabase(url: string, migrations: string): Database {
  requireDialect(url);
  return DIALECT === 'postgresql' ? openPostgres(url, migrations) : openSqlite(url, migrations);
}

/**
 * Runs all pending migrations and creates the file if there is none. Running it again changes
 * nothing, and several processes may run it at the same time.
 * @throws Error if this process was started for the other kind of database.
 */
export async function migrateDatabase(url: string, migrations: string): Promise<void> {
  requireDialect(url);
  if (DIALECT === 'postgresql') await migratePostgres(url, migrations);
  else migrateSqlite(url, migrations);
}

/** The schema's dialect came from the environment, before any configuration was read. */
function requireDialect(url: string): void {
  if (dialectOf(url) === DIALECT) return;
  throw new Error(`DATABASE_URL must name the database when the program starts (${DIALECT} now)`);
}
