import type Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { LRUCache } from 'lru-cache';
import { isInsert, writtenTable } from './cache-tags';
import type { Db } from './database';

/** Compiled statements that a connection keeps, the least used leaving first. */
const MOST_STATEMENTS = 300;

export interface Watch {
  /** Called before each statement; throws where it must not run. */
  before(): void;
  /** Called after a statement that changed rows, cascades and triggers included. */
  changed(table: string, inserted: boolean): void;
}

/** Queries on a connection, each of their texts compiled once; `watch` is told of them. */
export function queriesOn(connection: Sqlite.Database, watch?: Watch): Db {
  return drizzle(statementCache(connection, watch)) as unknown as Db;
}

/**
 * The connection as drizzle uses it, with every statement compiled once and not at each call.
 * With a `watch` it also tells which tables were changed.
 */
function statementCache(connection: Sqlite.Database, watch?: Watch): Sqlite.Database {
  const kept = new LRUCache<string, KeptStatement>({ max: MOST_STATEMENTS });
  const changes = connection.prepare('select total_changes()').pluck();
  const prepare = (text: string) => {
    const known = kept.get(text);
    if (known) return known;
    const made = new KeptStatement(connection, text, watch, changes);
    kept.set(text, made);
    return made;
  };
  const transaction = connection.transaction.bind(connection);
  return { prepare, transaction } as unknown as Sqlite.Database;
}

/** One text in both forms that drizzle asks for: rows as objects, and as lists of values. */
class KeptStatement {
  readonly #table: string | null;
  readonly #inserts: boolean;
  #objects: Sqlite.Statement | undefined;
  #lists: Sqlite.Statement | undefined;

  constructor(
    readonly connection: Sqlite.Database,
    readonly text: string,
    readonly watch: Watch | undefined,
    readonly changes: Sqlite.Statement,
  ) {
    this.#table = watch ? writtenTable(text) : null;
    this.#inserts = isInsert(text);
    // Wrong SQL is said at once, as drizzle expects.
    this.#objects = connection.prepare(text);
  }

  run(...values: unknown[]) {
    return this.#watched(() => this.#asObjects().run(...values));
  }

  all(...values: unknown[]) {
    return this.#watched(() => this.#asObjects().all(...values));
  }

  get(...values: unknown[]) {
    return this.#watched(() => this.#asObjects().get(...values));
  }

  raw() {
    return {
      all: (...values: unknown[]) => this.#watched(() => this.#asLists().all(...values)),
      get: (...values: unknown[]) => this.#watched(() => this.#asLists().get(...values)),
    };
  }

  #asObjects(): Sqlite.Statement {
    this.#objects ??= this.connection.prepare(this.text);
    return this.#objects;
  }

  #asLists(): Sqlite.Statement {
    if (!this.#lists) {
      // A statement is of one form for good, and most are asked for in one only.
      this.#lists = (this.#objects ?? this.connection.prepare(this.text)).raw();
      this.#objects = undefined;
    }
    return this.#lists;
  }

  #watched<T>(execute: () => T): T {
    const { watch } = this;
    if (!watch) return execute();
    watch.before();
    if (this.#table === null) return execute();
    const before = this.changes.get();
    const result = execute();
    if (this.changes.get() !== before) watch.changed(this.#table, this.#inserts);
    return result;
  }
}
