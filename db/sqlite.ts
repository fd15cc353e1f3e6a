import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { PREFIX, sqliteTriggers } from './cache-tag-triggers';
import type { Database } from './database';
import { FIGURES_PREFIX, sqliteFigureTriggers } from './figure-triggers';
import { closeToOthers, databaseFile } from './file';
import { keptReadings } from './kept-readings';
import { requirePending, type SchemaState, schemaState } from './migration-journal';
import { queriesOn } from './sqlite-statements';
import { groupedWriter } from './sqlite-writer';
import { noteRead } from './tracked-reads';

/**
 * Opens the SQLite file and creates it if needed. One connection writes and another reads: a
 * transaction that awaits between its statements must not share its connection.
 */
export function openSqlite(url: string, migrations: string): Database {
  const file = databaseFile(url);
  mkdirSync(dirname(file), { recursive: true });
  const writer = connect(file);
  const reader = connect(file);
  reader.pragma('query_only = ON');
  // The writer waits outside SQLite, because SQLite's own busy timeout would block readers too.
  writer.pragma('busy_timeout = 0');
  // Keeps the statement journal, used to roll back a statement with its triggers, in memory; in a
  // file, the default, it costs twice the time.
  writer.pragma('temp_store = MEMORY');
  const queries = queriesOn(reader, ({ tables }) => noteRead(tables));
  return {
    reader: queries,
    kept: keptReadings(queries),
    ...groupedWriter(writer),
    async analyze() {
      if (!writer.inTransaction) learnSizes(writer);
    },
    async backup(target) {
      await reader.backup(target);
      makeSingleFile(target);
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
        return stateOf(reader, migrations).problem;
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

/** Takes a copy out of WAL mode: a reader would leave `-wal` and `-shm` beside it. */
function makeSingleFile(file: string): void {
  const copy = new Sqlite(file);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

function connect(file: string): Sqlite.Database {
  const connection = new Sqlite(file);
  // Set first: the next line may already conflict with another process that is starting.
  connection.pragma('busy_timeout = 5000');
  connection.pragma('journal_mode = WAL');
  // better-sqlite3 defaults to NORMAL, which may lose the last commits at a power failure.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  return connection;
}

/**
 * Updates the planner's table statistics where they have changed a lot. Without statistics, the
 * planner treats every index as selective and reads a million rows to show twenty.
 */
function learnSizes(connection: Sqlite.Database): void {
  try {
    connection.pragma('analysis_limit = 1000');
    connection.pragma('optimize = 0x10002');
  } catch (error) {
    // Another process is writing; the next run will update the statistics.
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error;
  }
}

/** Runs the pending migrations on the file. */
export function migrateSqlite(url: string, migrations: string): void {
  const file = databaseFile(url);
  mkdirSync(dirname(file), { recursive: true });
  const connection = new Sqlite(file);
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('busy_timeout = 5000');
    // Recreating a table must not violate the foreign keys that refer to it; they are checked
    // afterwards.
    connection.pragma('foreign_keys = OFF');
    // Checking all foreign keys takes seconds in a table of a million rows.
    if (requirePending(stateOf(connection, migrations)) > 0) {
      // Triggers may name tables that are about to be recreated.
      dropTriggers(connection);
      migrate(drizzle(connection), { migrationsFolder: migrations });
      const [broken] = connection.pragma('foreign_key_check') as { table: string }[];
      if (broken) throw new Error(`a row of ${broken.table} refers to a row that is not there`);
    }
    connection.transaction(bringTriggers).immediate(connection);
    closeToOthers(file);
    // The file may be a copy that has all rows but no statistics.
    learnSizes(connection);
  } finally {
    connection.close();
  }
}

/** Recreates the triggers of cache tags and figures, unless they are already up to date. */
function bringTriggers(connection: Sqlite.Database): void {
  const wanted = [...sqliteTriggers(), ...sqliteFigureTriggers()];
  const present = triggersIn(connection).map(({ sql }) => sql);
  if (present.toSorted().join() === wanted.toSorted().join()) return;
  dropTriggers(connection);
  for (const trigger of wanted) connection.exec(trigger);
}

/** Drops these triggers, for bulk changes that no page shows. Migrating recreates them. */
export function dropTriggers(connection: Sqlite.Database): void {
  for (const { name } of triggersIn(connection)) connection.exec(`DROP TRIGGER ${name}`);
}

function triggersIn(connection: Sqlite.Database) {
  const all = connection
    .prepare("select name, sql from sqlite_master where type = 'trigger'")
    .all();
  return (all as { name: string; sql: string }[]).filter(({ name }) =>
    [PREFIX, FIGURES_PREFIX].some((prefix) => name.startsWith(prefix)),
  );
}

function stateOf(connection: Sqlite.Database, migrations: string): SchemaState {
  const table = connection
    .prepare("select count(*) as n from sqlite_master where name = '__drizzle_migrations'")
    .get() as { n: number };
  if (table.n === 0) return schemaState(migrations, 0);
  const last = connection
    .prepare('select coalesce(max(created_at), 0) as at from __drizzle_migrations')
    .get() as { at: number };
  return schemaState(migrations, last.at);
}
