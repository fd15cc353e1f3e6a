import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { databaseFile } from './file';

/**
 * Brings the database to the newest schema, creating the file where there is none; repeating it
 * changes nothing. `migrations` is the folder of generated SQL.
 */
export function migrateDatabase(url: string, migrations: string): void {
  const file = databaseFile(url);
  mkdirSync(dirname(file), { recursive: true });
  const connection = new Sqlite(file);
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('busy_timeout = 5000');
    // A table that is made anew must not break those that refer to it: they are looked at after.
    connection.pragma('foreign_keys = OFF');
    migrate(drizzle(connection), { migrationsFolder: migrations });
    const broken = connection.pragma('foreign_key_check') as { table: string }[];
    if (broken[0]) throw new Error(`a row of ${broken[0].table} refers to a row that is not there`);
  } finally {
    connection.close();
  }
}

/** How many steps of the schema this database has not seen yet. */
export function pendingMigrations(connection: Sqlite.Database, migrations: string): number {
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  const table = connection
    .prepare("select count(*) as n from sqlite_master where name = '__drizzle_migrations'")
    .get() as { n: number };
  if (table.n === 0) return journal.entries.length;
  const last = connection
    .prepare('select coalesce(max(created_at), 0) as at from __drizzle_migrations')
    .get() as { at: number };
  return journal.entries.filter((entry) => entry.when > Number(last.at)).length;
}
