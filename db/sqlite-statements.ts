import type Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { TableKey } from './cache-tags';
import type { Db } from './database';
import { insertedTable, tablesNamedIn } from './statement-tables';

/** Compiled statements that a connection keeps, the least used leaving first. */
const MOST_STATEMENTS = 300;

/** What is known of a statement from its text. */
export interface StatementFacts {
  /** All that it can read. */
  tables: readonly TableKey[];
  /** Where it puts rows. */
  insertsInto: string | null;
}

/**
 * Queries on a connection, each of their texts compiled once. `before` is called each time before
 * one runs; it throws where the statement must not.
 */
export function queriesOn(
  connection: Sqlite.Database,
  before: (statement: StatementFacts) => void,
): Db {
  return drizzle(statementCache(connection, before)) as unknown as Db;
}

/** The connection as drizzle uses it, with every statement compiled once and not at each call. */
function statementCache(
  connection: Sqlite.Database,
  before: (statement: StatementFacts) => void,
): Sqlite.Database {
  const kept = new LRUCache<string, KeptStatement>({ max: MOST_STATEMENTS });
  const prepare = (text: string) => {
    const known = kept.get(text);
    if (known) return known;
    const made = new KeptStatement(connection, text, before);
    kept.set(text, made);
    return made;
  };
  const transaction = connection.transaction.bind(connection);
  return { prepare, transaction } as unknown as Sqlite.Database;
}

/** One text in both forms that drizzle asks for: rows as objects, and as lists of values. */
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
    // Wrong SQL is said at once, as drizzle expects.
    this.#objects = connection.prepare(text);
  }

  run(...values: unknown[]) {
    return this.#asObjects().run(...values);
  }

  all(...values: unknown[]) {
    return this.#asObjects().all(...values);
  }

  get(...values: unknown[]) {
    return this.#asObjects().get(...values);
  }

  raw() {
    return {
      all: (...values: unknown[]) => this.#asLists().all(...values),
      get: (...values: unknown[]) => this.#asLists().get(...values),
    };
  }

  /** To be run at once. */
  #asObjects(): Sqlite.Statement {
    this.before(this.#facts);
    this.#objects ??= this.connection.prepare(this.text);
    return this.#objects;
  }

  /** To be run at once. */
  #asLists(): Sqlite.Statement {
    this.before(this.#facts);
    if (!this.#lists) {
      // A statement is of one form for good, and most are asked for in one only.
      this.#lists = (this.#objects ?? this.connection.prepare(this.text)).raw();
      this.#objects = undefined;
    }
    return this.#lists;
  }
}
