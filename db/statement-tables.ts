import { RULES, type TableKey, tableName } from './cache-tags';

/* Finds which tables a statement uses, from its text. */

/** Table keys by their names in the database. */
const KEYS = new Map<string, TableKey>([
  ...(Object.keys(RULES) as TableKey[]).map((key) => [tableName(key), key] as const),
  // The full-text index has no triggers; it changes together with its entries.
  ['search_text', 'searchEntries'],
]);

/** Returns every table that a statement may read: all tables whose name occurs in its text. */
export function tablesNamedIn(statement: string): TableKey[] {
  const names = new Set(statement.match(/\w+/g));
  return [...KEYS].flatMap(([name, key]) => (names.has(name) ? key : []));
}

const INSERTS = /^\s*insert\s+into\s+["`]?(\w+)["`]?/i;

/** Returns the table that a statement inserts into; null for all other statements. */
export function insertedTable(statement: string): string | null {
  return INSERTS.exec(statement)?.[1] ?? null;
}
