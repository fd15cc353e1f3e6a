import type { Db } from './dialect-types';

export type { Db } from './dialect-types';

/** Called with the names of tables; must not throw. */
export type InsertListener = (tables: ReadonlySet<string>) => void;

/** A database of either kind, as a process uses it. */
export interface Database {
  /** Reads what is committed. Never written through. */
  readonly reader: Db;
  /**
   * Runs `work` in one transaction that is durable when the promise resolves and leaves no
   * trace when it rejects. Writers queue, those of other processes too; inside `work` use only
   * the handle it is given, and wait for nothing else.
   */
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
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
