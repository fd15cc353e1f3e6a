import {
  Table as AnyTable,
  and,
  count,
  exists,
  is,
  not,
  type Placeholder,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import type { Builders, Column, Db, Table } from './dialect-types';

export type { Column, Table } from './dialect-types';

/*
 * The one place that knows which database the schema is written for. The dialect is read from the
 * environment when this module is loaded and never changes in a process. Everything else uses the
 * types that both databases share (`dialect-types.ts`), so that queries are written and checked
 * once.
 */

export type Dialect = 'sqlite' | 'postgresql';

/** Returns the dialect for a database URL. */
export function dialectOf(databaseUrl: string | undefined): Dialect {
  return /^postgres(ql)?:/.test(databaseUrl ?? '') ? 'postgresql' : 'sqlite';
}

/** The dialect of this process. */
export const DIALECT = dialectOf(process.env.DATABASE_URL);

// biome-ignore lint/suspicious/noExplicitAny: what it says is in `dialect-types.ts`.
type TextFacts = any;

/**
 * Text that sorts and compares by its bytes, as in SQLite, whatever the locale of the PostgreSQL
 * database: pagination by "after this row" must agree with the order of the index.
 */
class BytewiseText extends pg.PgText<TextFacts> {
  override getSQLType(): string {
    return 'text COLLATE "C"';
  }
}

class BytewiseTextBuilder extends pg.PgTextBuilder<TextFacts> {
  /** Called by drizzle for each column of a table. */
  build(table: pg.PgTable): BytewiseText {
    // biome-ignore lint/suspicious/noExplicitAny: drizzle does not publish the builder's config.
    return new BytewiseText(table, (this as any).config);
  }
}

const forPostgres = DIALECT === 'postgresql';

/** SQLite's integers have 64 bits; all in this schema fit exactly into a JavaScript number. */
const bigNumber = (name: string) => pg.bigint(name, { mode: 'number' });

const ofSqlite = {
  ...sqlite,
  table: sqlite.sqliteTable,
  boolean: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
  json: (name: string) => sqlite.text(name, { mode: 'json' }),
  rowNumber: (name: string) => sqlite.integer(name).primaryKey(),
};

const ofPostgres = {
  ...pg,
  table: pg.pgTable,
  text: (name: string) => new BytewiseTextBuilder(name, {}),
  integer: bigNumber,
  rowNumber: (name: string) => bigNumber(name).primaryKey().generatedByDefaultAsIdentity(),
};

/**
 * - `rowNumber`: a primary key that the database assigns to each new row
 * - `json`: a JSON document, stored exactly as written; `jsonb` would reorder its keys
 */
export const {
  table,
  text,
  integer,
  rowNumber,
  boolean,
  json,
  index,
  uniqueIndex,
  primaryKey,
  alias,
  getTableConfig,
  QueryBuilder,
  unionAll,
} = (forPostgres ? ofPostgres : ofSqlite) as unknown as Builders;

/** Runs a statement that is written for the dialect of this process only. */
export async function runStatement(tx: Db, statement: SQL): Promise<void> {
  const own = tx as unknown as Record<'execute' | 'run', (statement: SQL) => unknown>;
  await (forPostgres ? own.execute(statement) : own.run(statement));
}

/** The number of the transaction that a statement is in; empty on SQLite, which has one at a time. */
export const thisTransaction = forPostgres
  ? sql<string>`pg_current_xact_id()::text`
  : sql<string>`''`;

/** The elements of a JSON array as rows, each as `value`: many rows as one parameter. */
export function jsonRows(array: string | Placeholder): SQL {
  return forPostgres ? sql`json_array_elements(cast(${array} as json))` : sql`json_each(${array})`;
}

/** A cell of such a row that is itself an array, as a column's value. */
export function jsonCell(column: Column, at: number): SQL {
  const cell = sql`value ->> ${sql.raw(`${at}`)}`;
  return forPostgres && column.dataType !== 'string'
    ? sql`cast(${cell} as ${sql.raw(column.getSQLType())})`
    : cell;
}

/**
 * Condition for rows whose text is in a list, in a prepared query: the list is the value `name`, however
 * long it is.
 */
export function inList(of: SQLWrapper, name: string): SQL {
  const list = sql.placeholder(name);
  return forPostgres
    ? sql`${of} = any(array(select json_array_elements_text(cast(${list} as json))))`
    : sql`${of} in (select value from json_each(${list}))`;
}

/** In SQL, the month (UTC, `2026-10`) of a moment in milliseconds. */
export function monthOf(moment: string): string {
  return forPostgres
    ? `to_char(to_timestamp(${moment} / 1000) at time zone 'UTC', 'YYYY-MM')`
    : `strftime('%Y-%m', ${moment} / 1000, 'unixepoch')`;
}

/** An aggregate: a group's distinct texts joined, in any order. SQLite knows only the comma. */
export function distinctList(of: SQLWrapper, between: ','): SQL<string> {
  return forPostgres
    ? sql<string>`string_agg(distinct ${of}, ${sql.raw(`'${between}'`)})`
    : sql<string>`group_concat(distinct ${of})`;
}

/** True if a table has a row that meets all conditions, which may refer to the query around. */
export function anyRow(table: Table, ...conditions: (SQL | undefined)[]): SQL {
  const rows = new QueryBuilder().select({ one: sql`1` }).from(table);
  return exists(rows.where(and(...conditions)));
}

export function noRow(table: Table, ...conditions: (SQL | undefined)[]): SQL {
  return not(anyRow(table, ...conditions));
}

/** Counts the rows of a table that meet all conditions. */
export async function countOf(db: Db, table: Table, ...conditions: (SQL | undefined)[]) {
  const [row] = await db
    .select({ n: count() })
    .from(table)
    .where(and(...conditions));
  return row?.n ?? 0;
}

/** Returns the tables among the exports of a schema. */
export function tablesIn(schema: Record<string, unknown>): Table[] {
  return Object.values(schema).filter((value) => is(value, AnyTable)) as Table[];
}
