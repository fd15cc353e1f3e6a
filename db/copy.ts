import { createHash } from 'node:crypto';
import { asc, getTableColumns, getTableName, ne } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Db } from './database';
import { type Column, getTableConfig, type Table, tablesIn } from './dialect';
import * as schema from './schema';
import { storable } from './stored-text';

export interface CopiedTable {
  table: string;
  rows: number;
  /** SHA-256 of the rows in key order, each as JSON; computed on both sides. */
  hash: string;
  same: boolean;
}

/** Not copied: the target database builds its own search index and cache tags. */
const LEFT_OUT = new Set(['search_entries', 'cache_tags']);
const SEARCH_VERSION = 'search-index';

/** Number of rows read and sent at a time. */
const BATCH = 500;

/**
 * Copies every table from SQLite to an empty PostgreSQL database in one transaction, then reads
 * both again and compares them. Stop the site first: writes during the copy make the comparison
 * fail.
 * @throws Error if the target is not empty; nothing is changed in that case.
 */
export async function copyToPostgres(
  source: Db,
  url: string,
  migrations: string,
): Promise<CopiedTable[]> {
  const target = new pg.Client({ connectionString: url });
  await target.connect();
  try {
    await requireEmpty(target);
    await migrate(drizzle(target), { migrationsFolder: migrations });
    const tables = tablesIn(schema).filter((table) => !LEFT_OUT.has(getTableName(table)));
    await target.query('BEGIN');
    await withoutOrder(target, async () => {
      for (const table of tables) await copyTable(source, target, table);
    });
    await target.query('COMMIT');
    const copied: CopiedTable[] = [];
    for (const table of tables) copied.push(await compare(source, target, table));
    return copied;
  } catch (error) {
    await target.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await target.end();
  }
}

async function requireEmpty(target: pg.Client): Promise<void> {
  const { rows } = await target.query(
    `select 1 from pg_catalog.pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') limit 1`,
  );
  if (rows.length > 0) throw new Error('the database to copy to is not empty; nothing was changed');
}

/**
 * Tables refer to each other in cycles. The foreign keys are therefore checked once all rows are
 * there, and are restored to their former state afterwards.
 */
async function withoutOrder(target: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await target.query<{ table: string; name: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name
     from pg_constraint where contype = 'f'`,
  );
  for (const { table, name } of rows) {
    await target.query(`alter table ${table} alter constraint ${name} deferrable`);
  }
  await target.query('set constraints all deferred');
  await work();
  await target.query('set constraints all immediate');
  for (const { table, name } of rows) {
    await target.query(`alter table ${table} alter constraint ${name} not deferrable`);
  }
}

async function copyTable(source: Db, target: pg.Client, table: Table): Promise<void> {
  const columns = Object.values(getTableColumns(table));
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  for await (const batch of batchesOf(source, table)) {
    const values = batch.flat();
    const places = batch.map((row, at) => {
      const numbers = row.map((_, n) => `$${at * columns.length + n + 1}`);
      return `(${numbers.join(', ')})`;
    });
    await target.query(
      `insert into "${getTableName(table)}" (${names}) values ${places.join(', ')}`,
      values,
    );
  }
}

async function compare(source: Db, target: pg.Client, table: Table): Promise<CopiedTable> {
  const ours = createHash('sha256');
  let rows = 0;
  for await (const batch of batchesOf(source, table)) {
    rows += batch.length;
    for (const row of batch) ours.update(`${JSON.stringify(row)}\n`);
  }
  const theirs = createHash('sha256');
  let arrived = 0;
  const columns = Object.values(getTableColumns(table));
  // JSON is compared as text, exactly as it is stored.
  const names = columns.map((column) =>
    column.dataType === 'json' ? `"${column.name}"::text` : `"${column.name}"`,
  );
  const order = keyOf(table).map(({ name }) => `"${name}"`);
  for (let offset = 0; ; offset += BATCH) {
    const found = await target.query({
      text: `select ${names.join(', ')} from "${getTableName(table)}"
        order by ${order.join(', ')} limit ${BATCH} offset ${offset}`,
      rowMode: 'array',
    });
    arrived += found.rows.length;
    for (const row of found.rows) theirs.update(`${JSON.stringify(row)}\n`);
    if (found.rows.length < BATCH) break;
  }
  const hash = ours.digest('hex');
  const same = rows === arrived && hash === theirs.digest('hex');
  return { table: getTableName(table), rows, hash, same };
}

/** Yields the rows of a table in key order, in batches, with values as PostgreSQL takes them. */
async function* batchesOf(source: Db, table: Table): AsyncGenerator<unknown[][]> {
  const columns = Object.entries(getTableColumns(table)) as [string, Column][];
  const isSettings = getTableName(table) === getTableName(schema.settings);
  for (let offset = 0; ; offset += BATCH) {
    const rows = (await source
      .select()
      .from(table)
      .where(isSettings ? ne(schema.settings.name, SEARCH_VERSION) : undefined)
      .orderBy(...keyOf(table).map((column) => asc(column)))
      .limit(BATCH)
      .offset(offset)) as Record<string, unknown>[];
    if (rows.length > 0) {
      yield rows.map((row) => columns.map(([field, column]) => storedAs(column, row[field])));
    }
    if (rows.length < BATCH) return;
  }
}

function storedAs(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (column.dataType === 'json') return JSON.stringify(value);
  return storable(value);
}

function keyOf(table: Table): Column[] {
  const { columns, primaryKeys } = getTableConfig(table);
  return primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
}
