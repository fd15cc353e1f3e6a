import Sqlite from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import pg from 'pg';
import { DIALECT, getTableConfig, type Table, tablesIn } from './dialect';
import { databaseFile } from './file';
import { beginning } from './postgres-locks';
import * as schema from './schema';

/** A database, and beside it a former one whose tables can be read as `former.NAME`. */
export interface WithFormer {
  /** Runs one statement that both kinds of database understand; returns how many rows it changed. */
  run(statement: string): Promise<number>;
  all<Row>(query: string): Promise<Row[]>;
  /** The columns that a table of the former database has; none if it has no such table. */
  formerColumns(table: Table): ReadonlySet<string>;
}

/**
 * Runs `work` in one transaction on the database at `url`, with the former database beside it. The
 * former one is only read.
 * @throws Error if a site uses one of them, or the driver's error if one cannot be read
 */
export async function withFormer<T>(
  url: string,
  former: string,
  work: (both: WithFormer) => Promise<T>,
): Promise<T> {
  return DIALECT === 'postgresql'
    ? withFormerPostgres(url, former, work)
    : withFormerFile(databaseFile(url), databaseFile(former), work);
}

/** SQLite reads both files; who may use them is the caller's matter. */
async function withFormerFile<T>(
  file: string,
  former: string,
  work: (both: WithFormer) => Promise<T>,
): Promise<T> {
  const connection = new Sqlite(file);
  try {
    connection.prepare('attach database ? as former').run(former);
    connection.pragma('foreign_keys = ON');
    connection.exec('begin immediate');
    const result = await work({
      run: async (statement) => connection.prepare(statement).run().changes,
      all: async <Row>(query: string) => connection.prepare(query).all() as Row[],
      formerColumns(table) {
        const names = connection.prepare("select name from pragma_table_info(?, 'former')").pluck();
        return new Set(names.all(getTableName(table)) as string[]);
      },
    });
    connection.exec('commit');
    return result;
  } finally {
    // Closing rolls back what was not committed.
    connection.close();
  }
}

/** Rows of the former database that are read and sent at a time. */
const BATCH = 100;

/** Follows from other tables, or is only of the moment. */
const NOT_COMPARED = new Set(['search_entries', 'cache_tags', 'jobs', 'limits']);

/**
 * PostgreSQL reads one database at a time. The former tables are copied into a schema of their own,
 * which is gone at the end of the transaction.
 */
async function withFormerPostgres<T>(
  url: string,
  former: string,
  work: (both: WithFormer) => Promise<T>,
): Promise<T> {
  const clients = [url, former].map(
    (one) => new pg.Client({ connectionString: one, application_name: 'causeway restore' }),
  );
  const [target, source] = clients as [pg.Client, pg.Client];
  try {
    for (const client of clients) {
      await client.connect();
      await requireUnused(client);
    }
    await source.query('begin isolation level repeatable read read only');
    await target.query(beginning());
    await target.query('create schema former');
    const columns = await columnsOf(source);
    const formerColumns = (table: Table) => columns.get(getTableName(table)) ?? new Set<string>();
    for (const table of tablesIn(schema)) {
      if (NOT_COMPARED.has(getTableName(table))) continue;
      await copyTable(source, target, table, formerColumns(table));
    }
    const result = await work({
      run: async (statement) => (await target.query(statement)).rowCount ?? 0,
      all: async <Row>(query: string) => (await target.query(query)).rows as Row[],
      formerColumns,
    });
    await target.query('drop schema former cascade');
    await target.query('commit');
    return result;
  } finally {
    // Closing rolls back what was not committed.
    await Promise.allSettled(clients.map((client) => client.end()));
  }
}

/** Milliseconds for which the server may go on listing a connection that was just closed. */
const STILL_LISTED = 3_000;

/** @throws Error if a site is connected to the database */
async function requireUnused(client: pg.Client): Promise<void> {
  const until = performance.now() + STILL_LISTED;
  for (;;) {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name, pg_sleep(0.05) from pg_stat_activity
       where datname = current_database() and application_name = 'causeway' limit 1`,
    );
    if (!rows[0]) return;
    if (performance.now() > until) {
      throw new Error(`the database ${rows[0].name} is in use: stop the server first`);
    }
  }
}

/** The columns of each table of a database. */
async function columnsOf(client: pg.Client): Promise<Map<string, Set<string>>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select table_name::text as name, array_agg(column_name::text) as columns
     from information_schema.columns where table_schema = 'public' group by table_name`,
  );
  return new Map(rows.map(({ name, columns }) => [name, new Set(columns)]));
}

async function copyTable(
  source: pg.Client,
  target: pg.Client,
  table: Table,
  theirs: ReadonlySet<string>,
): Promise<void> {
  const name = getTableName(table);
  const shared = Object.values(getTableColumns(table)).filter((column) => theirs.has(column.name));
  if (shared.length === 0) return;
  const columns = shared.map((column) => `"${column.name}"`).join(', ');
  await target.query(
    `create table former.${name} as select ${columns} from public.${name} with no data`,
  );
  await source.query(
    `declare rows no scroll cursor for
     select row_to_json(r)::text as row from (select ${columns} from public.${name}) r`,
  );
  let isEmpty = true;
  for (;;) {
    const { rows } = await source.query<{ row: string }>(`fetch ${BATCH} from rows`);
    if (rows.length === 0) break;
    isEmpty = false;
    await target.query(
      `insert into former.${name} (${columns})
       select ${columns} from json_populate_recordset(null::former.${name}, $1::json)`,
      [`[${rows.map(({ row }) => row).join(',')}]`],
    );
  }
  await source.query('close rows');
  if (isEmpty) return;
  const key = keyColumns(table);
  if (key.every((column) => theirs.has(column))) {
    await target.query(`create index on former.${name} (${key.join(', ')})`);
  }
  await target.query(`analyze former.${name}`);
}

/** Whether two addresses of PostgreSQL name the same database. */
export function sameOnServer(one: string, other: string): boolean {
  const [a, b] = [one, other].map((connectionString) => new pg.Client({ connectionString }));
  return a?.host === b?.host && a?.port === b?.port && a?.database === b?.database;
}

/** The names of the columns that identify a row. */
export function keyColumns(table: Table): string[] {
  const { columns, primaryKeys } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  return key.map(({ name }) => name);
}
