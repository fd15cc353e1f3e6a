import { channel } from 'node:diagnostics_channel';
import type Sqlite from 'better-sqlite3';
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { TableKey } from './cache-tags';
import type { Db } from './database';
import { insertedTable, tablesNamedIn } from './statement-tables';
import { storable } from './stored-text';

/** Number of compiled statements kept per connection; the least recently used is dropped first. */
const MOST_STATEMENTS = 300;

/** Told of each query that was put into words, for tests: one that is prepared is told of once. */
const WORDED = channel('causeway:worded');

/** Facts derived from the text of a statement. */
export interface StatementFacts {
  /** All tables that it may read. */
  tables: readonly TableKey[];
  /** The table it inserts into, if any. */
  insertsInto: string | null;
}

/**
 * Returns a Drizzle handle on a connection that compiles each distinct statement once. `before` is
 * called before each run of a statement; it throws to refuse the statement.
 */
export function queriesOn(
  connection: Sqlite.Database,
  before: (statement: StatementFacts) => void,
): Db {
  const db = drizzle(statementCache(connection, before));
  planOnce((db as unknown as { dialect: Words }).dialect);
  return db as unknown as Db;
}

/** The part of Drizzle that writes values into the words of a statement. */
interface Words {
  escapeParam(at: number): string;
  buildLimit(limit: unknown): SQL | undefined;
}

/**
 * Has a statement planned once. better-sqlite3 takes back all values after each run, and SQLite then plans
 * the statement again if one of them could change its plan: if it is a limit or is compared with a column.
 * That takes longer than most runs. SQLite does not look into a function, and limits are written as numbers.
 */
function planOnce(dialect: Words): void {
  const limitOf = dialect.buildLimit.bind(dialect);
  dialect.escapeParam = () => 'ifnull(?, null)';
  dialect.buildLimit = (limit) =>
    Number.isInteger(limit) ? sql.raw(` limit ${limit}`) : limitOf(limit);
}

/** Returns the connection as Drizzle uses it, but with compiled statements cached. */
function statementCache(
  connection: Sqlite.Database,
  before: (statement: StatementFacts) => void,
): Sqlite.Database {
  const kept = new LRUCache<string, KeptStatement>({ max: MOST_STATEMENTS });
  const prepare = (text: string) => {
    WORDED.publish(text);
    const known = kept.get(text);
    if (known) return known;
    const made = new KeptStatement(connection, text, before);
    kept.set(text, made);
    return made;
  };
  const transaction = connection.transaction.bind(connection);
  return { prepare, transaction } as unknown as Sqlite.Database;
}

/** One statement in both forms that Drizzle uses: rows as objects, and rows as arrays of values. */
class KeptStatement {
  readonly #facts: StatementFacts;
  #objects: Sqlite.Statement | undefined;
  #lists: Sqlite.Statement | undefined;

  constructor(
    readonly connection: Sqlite.Database,
    readonly text: string,
    readonly before: (statement: StatementFacts) => void,
  ) {
    this.#facts = { tables: tablesNamedIn(text), insertsInto: insertedTable(text) };
    // Compiled now so that invalid SQL throws here, as Drizzle expects.
    this.#objects = connection.prepare(text);
  }

  run(...values: unknown[]) {
    return this.#asObjects().run(...values.map(storable));
  }

  all(...values: unknown[]) {
    return this.#asObjects().all(...values.map(storable));
  }

  get(...values: unknown[]) {
    return this.#asObjects().get(...values.map(storable));
  }

  raw() {
    return {
      all: (...values: unknown[]) => this.#asLists().all(...values.map(storable)),
      get: (...values: unknown[]) => this.#asLists().get(...values.map(storable)),
    };
  }

  /** Must be run immediately. */
  #asObjects(): Sqlite.Statement {
    this.before(this.#facts);
    this.#objects ??= this.connection.prepare(this.text);
    return this.#objects;
  }

  /** Must be run immediately. */
  #asLists(): Sqlite.Statement {
    this.before(this.#facts);
    if (!this.#lists) {
      // A compiled statement keeps one form, and most are needed in one form only.
      this.#lists = (this.#objects ?? this.connection.prepare(this.text)).raw();
      this.#objects = undefined;
    }
    return this.#lists;
  }
}
