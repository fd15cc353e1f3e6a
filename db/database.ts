import type { Db } from './dialect-types';
import type { KeptReadings } from './kept-readings';

export type { Db } from './dialect-types';

/** Called with the names of the tables that got new rows; must not throw. */
export type InsertListener = (tables: ReadonlySet<string>) => void;

/**
 * What a write is about: a thread, a person, a text by the hash of its words, a counter of uses, or a new
 * thread.
 */
export type WriteSubject = `${'thread' | 'person' | 'text' | 'limit'}:${string}` | 'new thread';

/**
 * What a write waits for on PostgreSQL: other writes about one of the same subjects, and writes that do not
 * say what they are about; those wait for all. Whoever names subjects promises that nothing which `work`
 * reads and then relies on is changed by a write that names others: see decision 36.
 */
export interface WriteScope {
  about?: readonly WriteSubject[] | undefined;
}

/** A database of either kind. */
export interface Database {
  /** Reads committed data. Never write through it. */
  readonly reader: Db;
  /**
   * Returns what `read` returns, or returned earlier under this key while no row that it read has
   * changed. It depends on nothing but the key and the database, neither on the time nor on who asks,
   * and nobody changes its result.
   */
  readonly kept: KeptReadings;
  /**
   * Runs `work` in one transaction, which is durable when the promise resolves and fully rolled
   * back when it rejects. Writers queue, also across processes: all of them, unless `scope` says what
   * this write is about. Inside `work`, use only the handle passed to it and do not await anything else.
   */
  write<T>(work: (tx: Db) => Promise<T>, scope?: WriteScope): Promise<T>;
  /** Updates the query planner's statistics; run it as background work. */
  analyze(): Promise<void>;
  /** Calls `listener` after each commit that inserted rows; returns how to remove it. */
  onInserted(listener: InsertListener): () => void;
  /** Copies the whole database to a file, also while it is in use. */
  backup(file: string): Promise<void>;
  /** Returns one line for each damaged part; an empty list if the database is sound. */
  problems(): Promise<string[]>;
  /** Returns in one line why the database cannot be used at the moment; null if it can. */
  notReady(): Promise<string | null>;
  close(): Promise<void>;
}
