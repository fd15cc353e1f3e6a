import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { DIALECT, dialectOf } from './dialect';
import { migratePostgres, openPostgres } from './postgres';
import type * as schema from './schema';
import { migrateSqlite, openSqlite } from './sqlite';

/**
 * What queries are written against, inside and outside a transaction. Only awaited,
 * dialect-neutral calls are used on it: PostgreSQL stands behind it as well.
 */
export type Db = BetterSQLite3Database<typeof schema>;

/** Called with the names of tables; must not throw. */
export type InsertListener = (tables: ReadonlySet<string>) => void;

export interface Database {
  /** Reads what is committed. Never written through. */
  readonly reader: Db;
  /**
   * Runs `work` in one transaction that is durable when the promise resolves and leaves no
   * trace when it rejects. Writers queue, those of other processes too; inside `work` use only
   * the handle it is given, and wait for nothing else. Every shared page counts as changed unless
   * `touching` names the keys (`db/cache-tags.ts`) of all that can look different; what it cannot
   * mean is not believed.
   */
  write<T>(work: (tx: Db) => Promise<T>, touching?: readonly string[]): Promise<T>;
  /** Keeps what the planner knows of the tables up to date; background work. */
  analyze(): Promise<void>;
  /**
   * Calls `listener` after each commit of this process that put rows into tables. Gives the function
   * that ends it.
   */
  onInserted(listener: InsertListener): () => void;
  /** Copies the whole database to a file while it is in use. */
  backup(file: string): Promise<void>;
  /** What is damaged, a line each: an empty list when all is well. */
  problems(): Promise<string[]>;
  /** Why the database cannot be used now, in one line; null when it can. */
  notReady(): Promise<string | null>;
  close(): Promise<void>;
}

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
