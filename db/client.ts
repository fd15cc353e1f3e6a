import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { databaseFile } from './file';
import { pendingMigrations } from './migrate';
import * as schema from './schema';

/**
 * What queries are written against, inside and outside a transaction. Only awaited,
 * dialect-neutral calls are used on it, so that PostgreSQL can stand behind it as well.
 */
export type Db = BetterSQLite3Database<typeof schema>;

export interface Database {
  /** Reads what is committed. Never written through. */
  readonly reader: Db;
  /**
   * Runs `work` in one transaction that is durable when the promise resolves and leaves no
   * trace when it rejects. Writers queue; inside `work` use only the handle it is given.
   */
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Copies the whole database to a file while it is in use. */
  backup(file: string): Promise<void>;
  /** `PRAGMA integrity_check` and the foreign keys: an empty list when all is well. */
  problems(): string[];
  /** Why the database cannot be used now, in one line; null when it can. */
  notReady(): Promise<string | null>;
  close(): void;
}

/**
 * Opens (and creates) the SQLite file; `migrations` is the folder of the schema's steps. One connection writes and another reads: a transaction
 * that awaits between its statements must not lend its connection to anybody else.
 */
export function openDatabase(url: string, migrations: string): Database {
  const file = databaseFile(url);
  mkdirSync(dirname(file), { recursive: true });
  const writer = connect(file);
  const reader = connect(file);
  reader.pragma('query_only = ON');
  const writerDb = drizzle(writer, { schema });
  const inside = new AsyncLocalStorage<true>();
  let tail: Promise<unknown> = Promise.resolve();

  function write<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    if (inside.getStore()) {
      // It would wait for itself for ever.
      return Promise.reject(new Error('write() inside write(): pass the transaction on instead'));
    }
    const turn = tail.then(() => inside.run(true, () => transact(writer, () => work(writerDb))));
    tail = turn.catch(() => undefined);
    return turn;
  }

  return {
    reader: drizzle(reader, { schema }),
    write,
    async backup(target) {
      await reader.backup(target);
    },
    problems() {
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
    close() {
      reader.close();
      writer.close();
    },
  };
}

function connect(file: string): Sqlite.Database {
  const connection = new Sqlite(file);
  connection.pragma('journal_mode = WAL');
  // better-sqlite3 is built with NORMAL, which may lose the last commits at a power cut.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('busy_timeout = 5000');
  return connection;
}

async function transact<T>(connection: Sqlite.Database, work: () => Promise<T>): Promise<T> {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = await work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
