import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { PREFIX, postgresTriggers } from './cache-tag-triggers';
import type { TableKey } from './cache-tags';
import type { Database, Db, InsertListener } from './database';
import { stepsIn } from './migration-journal';
import { insertedTable, tablesNamedIn } from './statement-tables';
import { noteRead, refuseToStore } from './tracked-reads';

/** Connections on which one process reads at once; one more writes. */
const READERS = 8;

/** Statements of which it is remembered what they read, the least used leaving first. */
const MOST_STATEMENTS = 1000;

/** Names of our advisory locks, as the two numbers PostgreSQL knows them by. */
const LOCK_SPACE = 0xca05e;
const WRITER = 1;
const MIGRATION = 2;

// Counts, sums and our bigint columns are exact as numbers; the driver would give strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/**
 * What every connection is told. A process that hangs between two statements of a transaction
 * must not hold up all others: the server ends it. Waiting for one's turn has an end as well.
 */
const SESSION = {
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 30_000,
  application_name: 'causeway',
};

/**
 * Opens a database of PostgreSQL. As on SQLite there is one writer at a time, here among all
 * processes: an advisory lock is taken before the first statement, so that what a transaction
 * has read is still true when it writes, without anything that would have to be repeated.
 */
export function openPostgres(url: string, migrations: string): Database {
  const readers = openPool(url, READERS);
  const writers = openPool(url, 1);
  const inside = new AsyncLocalStorage<true>();
  const listeners = new Set<InsertListener>();

  async function write<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    refuseToStore();
    if (inside.getStore()) {
      // It would wait for itself for ever.
      throw new Error('write() inside write(): pass the transaction on instead');
    }
    const client = await writers.connect();
    let broken: Error | undefined;
    try {
      await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${LOCK_SPACE}, ${WRITER})`);
      const inserted = new Set<string>();
      const tx = asDb(watched(client, inserted));
      const result = await inside.run(true, () => work(tx));
      const end = await client.query('COMMIT');
      // A statement failed and `work` went on: PostgreSQL then rolls back, without an error.
      if (end.command !== 'COMMIT') throw new Error('the transaction had failed before its end');
      if (inserted.size > 0) for (const listener of listeners) listener(inserted);
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    reader: asDb(tracked(readers)),
    write,
    // PostgreSQL does so by itself.
    async analyze() {},
    onInserted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async backup() {
      throw new Error('DATABASE_URL is PostgreSQL: make backups with pg_dump, see docs/running.md');
    },
    async problems() {
      const { rows } = await readers.query<{ name: string }>(
        'select conname as name from pg_constraint where not convalidated',
      );
      return rows.map(({ name }) => `the constraint ${name} is not checked`);
    },
    async notReady() {
      try {
        const pending = await pendingMigrations(readers, migrations);
        return pending === 0 ? null : `${pending} migrations pending`;
      } catch (error) {
        return error instanceof Error ? error.message : 'the database does not answer';
      }
    },
    async close() {
      await Promise.all([readers.end(), writers.end()]);
    },
  };
}

/** Brings the database to the newest schema; processes that start together take turns. */
export async function migratePostgres(url: string, migrations: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, ...SESSION, lock_timeout: 0 });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${LOCK_SPACE}, ${MIGRATION})`);
    const pending = await pendingMigrations(client, migrations);
    await migrate(drizzle(client), { migrationsFolder: migrations });
    await bringTriggers(client, pending > 0);
  } finally {
    // Closing lets go of the lock.
    await client.end();
  }
}

/** Makes the triggers that bump cache tags anew, unless they are as they should be. */
async function bringTriggers(client: pg.Client, migrated: boolean): Promise<void> {
  const wanted = postgresTriggers();
  const mark = createHash('sha256').update(wanted.join()).digest('hex');
  const { rows } = await client.query<{ name: string; mark: string | null }>(
    `select oid::regprocedure::text as name, obj_description(oid) as mark from pg_proc
     where proname like '${PREFIX}%' and pronamespace = current_schema()::regnamespace`,
  );
  if (!migrated && rows.some((row) => row.mark === mark)) return;
  await client.query('BEGIN');
  for (const { name } of rows) await client.query(`DROP FUNCTION ${name} CASCADE`);
  for (const statement of wanted) await client.query(statement);
  await client.query(`COMMENT ON FUNCTION ${PREFIX}bump IS '${mark}'`);
  // Should it break off before, closing the connection rolls back.
  await client.query('COMMIT');
}

function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, ...SESSION });
  // An idle connection that the server ends is replaced when it is needed; whoever needs it is told.
  pool.on('error', () => undefined);
  return pool;
}

/** The same connection, which also notes the tables that rows are put into. */
function watched(client: pg.PoolClient, inserted: Set<string>): pg.PoolClient {
  const query = (statement: string | pg.QueryConfig, values?: unknown[]) => {
    const table = insertedTable(textOf(statement));
    if (table) inserted.add(table);
    return client.query(statement, values);
  };
  return Object.create(client, { query: { value: query } });
}

/** The same connections, which also take note of what is read on them. */
function tracked(pool: pg.Pool): pg.Pool {
  const known = new LRUCache<string, TableKey[]>({ max: MOST_STATEMENTS });
  const query = (statement: string | pg.QueryConfig, values?: unknown[]) => {
    const text = textOf(statement);
    const tables = known.get(text) ?? tablesNamedIn(text);
    known.set(text, tables);
    noteRead(tables);
    return pool.query(statement, values);
  };
  return Object.create(pool, { query: { value: query } });
}

function textOf(statement: string | pg.QueryConfig): string {
  return typeof statement === 'string' ? statement : statement.text;
}

function asDb(connection: pg.Pool | pg.PoolClient): Db {
  return drizzle(connection) as unknown as Db;
}

/** How many steps of the schema this database has not seen yet. */
async function pendingMigrations(db: pg.Pool | pg.Client, migrations: string): Promise<number> {
  const { rows } = await db.query<{ name: string | null }>(
    "select to_regclass('drizzle.__drizzle_migrations')::text as name",
  );
  if (!rows[0]?.name) return stepsIn(migrations).length;
  const last = await db.query<{ at: number }>(
    'select coalesce(max(created_at), 0) as at from drizzle.__drizzle_migrations',
  );
  return stepsIn(migrations).filter((step) => step > (last.rows[0]?.at ?? 0)).length;
}
