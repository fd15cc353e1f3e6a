import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { Db, InsertListener } from './database';
import { queriesOn } from './sqlite-statements';
import { refuseToStore } from './tracked-reads';

/** Transactions that share a commit: how many, and until when one more may start (ms). */
const MOST_IN_GROUP = 100;
const GROUP_STARTS = 20;
/** Time to wait for another process that has locked the file (ms). Reads continue meanwhile. */
const PATIENCE = 5000;
/** Time for which one transaction may keep the others of its group waiting (ms). */
const LONGEST_WORK = 10_000;

interface Job {
  work: (tx: Db) => Promise<unknown>;
  /** Tables that it inserted rows into. */
  inserted: Set<string>;
  over: boolean;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

export interface SqliteWriter {
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** See `Database`. */
  onInserted(listener: InsertListener): () => void;
}

/**
 * Runs transactions on a connection used for nothing else. Transactions that wait at the same time
 * share one durable commit, each in its own savepoint: a failed one is rolled back without
 * affecting the others, and none is reported as successful before the commit. The disk is synced
 * once per group and not once per transaction, so many writers cost hardly more than one.
 */
export function groupedWriter(
  connection: Sqlite.Database,
  { longestWork = LONGEST_WORK, patience = PATIENCE } = {},
): SqliteWriter {
  const inside = new AsyncLocalStorage<Job>();
  const queue: Job[] = [];
  const listeners = new Set<InsertListener>();
  let draining = false;

  const db = queriesOn(connection, ({ insertsInto }) => {
    const job = inside.getStore();
    // A statement of a finished transaction would run inside another one.
    if (job?.over !== false) throw new Error('this transaction is over');
    if (insertsInto) job.inserted.add(insertsInto);
  });

  function write<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    refuseToStore();
    if (inside.getStore()) {
      // A nested write would wait for itself forever.
      return Promise.reject(new Error('write() inside write(): pass the transaction on instead'));
    }
    return new Promise<T>((resolve, reject) => {
      const inserted = new Set<string>();
      queue.push({ work, inserted, over: false, resolve: resolve as Job['resolve'], reject });
      if (draining) return;
      draining = true;
      // All transactions that arrive in this turn of the event loop join the group.
      setImmediate(drain);
    });
  }

  async function drain(): Promise<void> {
    await writeGroup();
    if (queue.length > 0) setImmediate(drain);
    else draining = false;
  }

  async function writeGroup(): Promise<void> {
    try {
      await begin(connection, patience);
    } catch (error) {
      for (const job of queue.splice(0)) job.reject(error);
      return;
    }
    const done: { job: Job; result: unknown }[] = [];
    const started = performance.now();
    try {
      for (let n = 0; n < MOST_IN_GROUP && performance.now() - started < GROUP_STARTS; n++) {
        const job = queue.shift();
        if (!job) break;
        const outcome = await attempt(job);
        if (outcome) done.push({ job, result: outcome.result });
      }
      connection.exec('COMMIT');
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      for (const { job } of done) job.reject(error);
      return;
    }
    for (const { job, result } of done) job.resolve(result);
    const inserted = new Set(done.flatMap(({ job }) => [...job.inserted]));
    if (inserted.size > 0) for (const listener of listeners) listener(inserted);
  }

  /**
   * Runs one transaction in a savepoint. Returns null if it failed; its caller has then been given
   * the error.
   * @throws if the error ended the transaction of the whole group, for example on a full disk.
   */
  async function attempt(job: Job): Promise<{ result: unknown } | null> {
    connection.exec('SAVEPOINT work');
    try {
      const result = await inside.run(job, () => withinTime(job.work(db), longestWork));
      job.over = true;
      connection.exec('RELEASE work');
      return { result };
    } catch (error) {
      job.over = true;
      job.reject(error);
      if (!connection.inTransaction) throw error;
      connection.exec('ROLLBACK TO work; RELEASE work');
      return null;
    }
  }

  function onInserted(listener: InsertListener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return { write, onInserted };
}

/** Takes SQLite's write lock without blocking: its own busy timeout would block all reads. */
async function begin(connection: Sqlite.Database, patience: number): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    try {
      connection.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const busy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
      if (!busy || performance.now() > until) throw error;
      await sleep(2 + Math.random() * 10);
    }
  }
}

/** Rejects with SQLite's "busy" error if a transaction takes longer than `longest` ms. */
async function withinTime<T>(work: Promise<T>, longest: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`a write was not done after ${longest} ms and was taken back`);
      reject(Object.assign(error, { code: 'SQLITE_BUSY_TOO_LONG' }));
    }, longest);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
