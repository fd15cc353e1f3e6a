import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { COLLECT_TAGS, PREFIX, postgresTriggers, SETTLE_TAGS } from './cache-tag-triggers';
import type { TableKey } from './cache-tags';
import type { Database, Db, InsertListener, WriteScope } from './database';
import { FIGURES_PREFIX, postgresFigureTriggers } from './figure-triggers';
import { keptReadings } from './kept-readings';
import { requirePending, type SchemaState, schemaState } from './migration-journal';
import { beginning, MIGRATION } from './postgres-locks';
import { insertedTable, tablesNamedIn } from './statement-tables';
import { storable } from './stored-text';
import { noteRead, refuseToStore } from './tracked-reads';

/** Connections for reading and for writing in one process, opened when they are needed. */
const READERS = 8;
const WRITERS = 8;

/** Statements whose tables are kept in memory; the least recently used is dropped first. */
const MOST_STATEMENTS = 1000;

// Counts, sums and our bigint columns fit exactly into numbers; by default the driver returns
// strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/**
 * Settings of every connection. A process that hangs between two statements of a transaction must
 * not block all others: the server ends that transaction. Waiting for the lock also has a time
 * limit.
 */
const SESSION = {
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 30_000,
  application_name: 'causeway',
};

/**
 * Opens a PostgreSQL database. Advisory locks are taken before the first statement, across all processes:
 * as on SQLite a writer is alone, or it shares the site with writers about something else. What a
 * transaction has read is therefore still true when it writes, and no transaction has to be retried.
 */
export function openPostgres(url: string, migrations: string): Database {
  const readers = openPool(url, READERS);
  const writers = openPool(url, WRITERS);
  const inside = new AsyncLocalStorage<true>();
  const listeners = new Set<InsertListener>();
  const writerOn = writersByConnection();

  async function write<T>(work: (tx: Db) => Promise<T>, { about }: WriteScope = {}): Promise<T> {
    refuseToStore();
    if (inside.getStore()) {
      // A nested write would wait for itself forever.
      throw new Error('write() inside write(): pass the transaction on instead');
    }
    const client = await writers.connect();
    let broken: Error | undefined;
    // The server ended it; the next statement fails. Without a listener the process would end, too.
    const lost = (error: Error) => {
      broken = error;
    };
    client.on('error', lost);
    try {
      await client.query(`${beginning(about)}; ${COLLECT_TAGS}`);
      const { tx, inserted } = writerOn(client);
      inserted.clear();
      const result = await inside.run(true, () => work(tx));
      // Also fails if a statement failed but `work` continued.
      await client.query(`${SETTLE_TAGS}; COMMIT`);
      if (inserted.size > 0) for (const listener of listeners) listener(inserted);
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(lost);
      throw error;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  const reader = asDb(tracked(readers));
  return {
    reader,
    kept: keptReadings(reader),
    write,
    // PostgreSQL's autovacuum does this.
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
        return (await stateOf(readers, migrations)).problem;
      } catch (error) {
        return error instanceof Error ? error.message : 'the database does not answer';
      }
    },
    async close() {
      await Promise.all([readers.end(), writers.end()]);
    },
  };
}

/** Runs the pending migrations. Processes that start at the same time wait for each other. */
export async function migratePostgres(url: string, migrations: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, ...SESSION, lock_timeout: 0 });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${MIGRATION})`);
    const pending = requirePending(await stateOf(client, migrations));
    if (pending > 0) await migrate(drizzle(client), { migrationsFolder: migrations });
    await bringTriggers(client, pending > 0);
  } finally {
    // Closing the connection releases the lock.
    await client.end();
  }
}

/** Recreates the triggers of cache tags and figures, unless they are already up to date. */
async function bringTriggers(client: pg.Client, migrated: boolean): Promise<void> {
  const wanted = [...postgresTriggers(), ...postgresFigureTriggers()];
  const mark = createHash('sha256').update(wanted.join()).digest('hex');
  const { rows } = await client.query<{ name: string; mark: string | null }>(
    `select oid::regprocedure::text as name, obj_description(oid) as mark from pg_proc
     where (proname like '${PREFIX}%' or proname like '${FIGURES_PREFIX}%')
       and pronamespace = current_schema()::regnamespace`,
  );
  if (!migrated && rows.some((row) => row.mark === mark)) return;
  await client.query('BEGIN');
  for (const { name } of rows) await client.query(`DROP FUNCTION ${name} CASCADE`);
  for (const statement of wanted) await client.query(statement);
  await client.query(`COMMENT ON FUNCTION ${PREFIX}bump IS '${mark}'`);
  // If this fails earlier, closing the connection rolls back.
  await client.query('COMMIT');
}

function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, ...SESSION });
  // When the server ends an idle connection, the pool replaces it on next use. Errors in use are
  // reported to the caller.
  pool.on('error', () => undefined);
  return pool;
}

/** A handle for the transactions of a connection, with the tables that rows were inserted into. */
interface Writer {
  tx: Db;
  inserted: Set<string>;
}

/** Returns the same handle for all transactions of a connection: it keeps its prepared queries. */
function writersByConnection(): (client: pg.PoolClient) => Writer {
  const known = new WeakMap<pg.PoolClient, Writer>();
  return (client) => {
    const inserted = new Set<string>();
    const writer = known.get(client) ?? { tx: asDb(watched(client, inserted)), inserted };
    known.set(client, writer);
    return writer;
  };
}

/** Wraps a connection so that it records the tables that rows are inserted into. */
function watched(client: pg.PoolClient, inserted: Set<string>): pg.PoolClient {
  const query = (statement: string | pg.QueryConfig, values?: unknown[]) => {
    const table = insertedTable(textOf(statement));
    if (table) inserted.add(table);
    return client.query(statement, values?.map(storable));
  };
  return Object.create(client, { query: { value: query } });
}

/** Wraps the pool so that it records which tables are read. */
function tracked(pool: pg.Pool): pg.Pool {
  const known = new LRUCache<string, TableKey[]>({ max: MOST_STATEMENTS });
  const query = (statement: string | pg.QueryConfig, values?: unknown[]) => {
    const text = textOf(statement);
    const tables = known.get(text) ?? tablesNamedIn(text);
    known.set(text, tables);
    noteRead(tables);
    return pool.query(statement, values?.map(storable));
  };
  return Object.create(pool, { query: { value: query } });
}

function textOf(statement: string | pg.QueryConfig): string {
  return typeof statement === 'string' ? statement : statement.text;
}

function asDb(connection: pg.Pool | pg.PoolClient): Db {
  return drizzle(connection) as unknown as Db;
}

async function stateOf(db: pg.Pool | pg.Client, migrations: string): Promise<SchemaState> {
  const { rows } = await db.query<{ name: string | null }>(
    "select to_regclass('drizzle.__drizzle_migrations')::text as name",
  );
  if (!rows[0]?.name) return schemaState(migrations, 0);
  const last = await db.query<{ at: number }>(
    'select coalesce(max(created_at), 0) as at from drizzle.__drizzle_migrations',
  );
  return schemaState(migrations, last.rows[0]?.at ?? 0);
}
