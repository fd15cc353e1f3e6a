import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { PREFIX, sqliteTriggers } from './cache-tag-triggers';
import type { Database } from './database';
import { databaseFile } from './file';
import { stepsIn } from './migration-journal';
import { queriesOn } from './sqlite-statements';
import { groupedWriter } from './sqlite-writer';
import { noteRead } from './tracked-reads';

/**
 * Opens (and creates) the SQLite file. One connection writes and another reads: a transaction
 * that awaits between its statements must not lend its connection to anybody else.
 */
export function openSqlite(url: string, migrations: string): Database {
  const file = databaseFile(url);
  mkdirSync(dirname(file), { recursive: true });
  const writer = connect(file);
  const reader = connect(file);
  reader.pragma('query_only = ON');
  // It is waited for outside of SQLite, whose own waiting would hold up the readers as well.
  writer.pragma('busy_timeout = 0');
  // What is kept to take back one statement with its triggers: by default in a file, at twice the cost.
  writer.pragma('temp_store = MEMORY');
  return {
    reader: queriesOn(reader, ({ tables }) => noteRead(tables)),
    ...groupedWriter(writer),
    async analyze() {
      if (!writer.inTransaction) learnSizes(writer);
    },
    async backup(target) {
      await reader.backup(target);
    },
    async problems() {
      const rows = writer.pragma('integrity_check') as { integrity_check: string }[];
      const broken = writer.pragma('foreign_key_check') as { table: string }[];
      return [
        ...rows.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
        ...broken.map((row) => `a row of ${row.table} refers to a row that is not there`),
      ];
    },
    async notReady() {
      try {
        reader.prepare('select 1').get();
        const pending = pendingMigrations(reader, migrations);
        return pending === 0 ? null : `${pending} migrations pending`;
      } catch (error) {
        return error instanceof Error ? error.message : 'the database does not answer';
      }
    },
    async close() {
      reader.close();
      writer.close();
    },
  };
}

function connect(file: string): Sqlite.Database {
  const connection = new Sqlite(file);
  // First of all: even the next line may meet another process that is just starting.
  connection.pragma('busy_timeout = 5000');
  connection.pragma('journal_mode = WAL');
  // better-sqlite3 is built with NORMAL, which may lose the last commits at a power cut.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  return connection;
}

/**
 * Lets the planner know how large and how varied the tables are, where that has changed much.
 * Without, it takes any index for a good one, and reads a million rows to show twenty.
 */
function learnSizes(connection: Sqlite.Database): void {
  try {
    connection.pragma('analysis_limit = 1000');
    connection.pragma('optimize = 0x10002');
  } catch (error) {
    // Another process is writing just now: the next round finds the tables as they are.
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error;
  }
}

/** Brings the file to the newest schema. */
export function migrateSqlite(url: string, migrations: string): void {
  const file = databaseFile(url);
  mkdirSync(dirname(file), { recursive: true });
  const connection = new Sqlite(file);
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('busy_timeout = 5000');
    // A table that is made anew must not break those that refer to it: they are looked at after.
    connection.pragma('foreign_keys = OFF');
    // To look at every row that refers to another takes seconds where there are a million.
    if (pendingMigrations(connection, migrations) > 0) {
      // They name tables that may be made anew.
      dropTriggers(connection);
      migrate(drizzle(connection), { migrationsFolder: migrations });
      const [broken] = connection.pragma('foreign_key_check') as { table: string }[];
      if (broken) throw new Error(`a row of ${broken.table} refers to a row that is not there`);
    }
    connection.transaction(bringTriggers).immediate(connection);
    // The file may come from elsewhere, with all that was said and nothing that was learned of it.
    learnSizes(connection);
  } finally {
    connection.close();
  }
}

/** Makes the triggers that bump cache tags anew, unless they are as they should be. */
function bringTriggers(connection: Sqlite.Database): void {
  const wanted = sqliteTriggers();
  const present = triggersIn(connection).map(({ sql }) => sql);
  if (present.toSorted().join() === wanted.toSorted().join()) return;
  dropTriggers(connection);
  for (const trigger of wanted) connection.exec(trigger);
}

/** For whatever changes very many rows that nobody looks at; the next migration brings them back. */
export function dropTriggers(connection: Sqlite.Database): void {
  for (const { name } of triggersIn(connection)) connection.exec(`DROP TRIGGER ${name}`);
}

function triggersIn(connection: Sqlite.Database) {
  const all = connection
    .prepare("select name, sql from sqlite_master where type = 'trigger'")
    .all();
  return (all as { name: string; sql: string }[]).filter(({ name }) => name.startsWith(PREFIX));
}

/** How many steps of the schema this database has not seen yet. */
function pendingMigrations(connection: Sqlite.Database, migrations: string): number {
  const table = connection
    .prepare("select count(*) as n from sqlite_master where name = '__drizzle_migrations'")
    .get() as { n: number };
  if (table.n === 0) return stepsIn(migrations).length;
  const last = connection
    .prepare('select coalesce(max(created_at), 0) as at from __drizzle_migrations')
    .get() as { at: number };
  return stepsIn(migrations).filter((step) => step > last.at).length;
}
