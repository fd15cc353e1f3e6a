import { Table as AnyTable, is, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import type { Builders, Db, Table } from './dialect-types';

export type { Column, Table } from './dialect-types';

/*
 * The one place that knows which database the schema is written for. A process speaks one dialect
 * from its first moment to its last: the address in the environment decides when this is loaded.
 * All else is typed as what both have in common (`dialect-types.ts`), so that queries are written and
 * checked once.
 */

export type Dialect = 'sqlite' | 'postgresql';

/** The dialect that an address of a database asks for. */
export function dialectOf(databaseUrl: string | undefined): Dialect {
  return /^postgres(ql)?:/.test(databaseUrl ?? '') ? 'postgresql' : 'sqlite';
}

/** The dialect of this process. */
export const DIALECT = dialectOf(process.env.DATABASE_URL);

// biome-ignore lint/suspicious/noExplicitAny: what it says is in `dialect-types.ts`.
type TextFacts = any;

/**
 * Text that sorts and compares by its bytes, as SQLite does, whatever language the database was
 * made for: pages that go on "after" a row must agree with the index they read. PostgreSQL knows
 * no U+0000; it becomes U+FFFD, as in Markdown.
 */
class BytewiseText extends pg.PgText<TextFacts> {
  override getSQLType(): string {
    return 'text COLLATE "C"';
  }

  override mapToDriverValue(value: unknown): unknown {
    return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
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

/** SQLite's integers have 64 bits; all of ours are exact as a number. */
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
 * - `rowNumber`: a primary key that the database gives to a new row by itself
 * - `json`: a document, kept as it was written: `jsonb` would put its keys in another order
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

/** Runs a statement in words that only the dialect of this process knows. */
export async function runStatement(tx: Db, statement: SQL): Promise<void> {
  const own = tx as unknown as Record<'execute' | 'run', (statement: SQL) => unknown>;
  await (forPostgres ? own.execute(statement) : own.run(statement));
}

/** An aggregate: the distinct texts of a group in one, in no certain order. SQLite knows but the comma. */
export function distinctList(of: SQLWrapper, between: ','): SQL<string> {
  return forPostgres
    ? sql<string>`string_agg(distinct ${of}, ${sql.raw(`'${between}'`)})`
    : sql<string>`group_concat(distinct ${of})`;
}

/** The tables among what a schema exports. */
export function tablesIn(schema: Record<string, unknown>): Table[] {
  return Object.values(schema).filter((value) => is(value, AnyTable)) as Table[];
}
