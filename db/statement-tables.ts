import { RULES, type TableKey, tableName } from './cache-tags';

/* What the text of a statement tells of tables. */

/** What the database calls the tables, and which they are. */
const KEYS = new Map<string, TableKey>([
  ...(Object.keys(RULES) as TableKey[]).map((key) => [tableName(key), key] as const),
  // The full-text index has no triggers: its entries change with it.
  ['search_text', 'searchEntries'],
]);

/** Every table that a statement can read: those whose name stands in it. */
export function tablesNamedIn(statement: string): TableKey[] {
  const names = new Set(statement.match(/\w+/g));
  return [...KEYS].flatMap(([name, key]) => (names.has(name) ? key : []));
}

const INSERTS = /^\s*insert\s+into\s+["`]?(\w+)["`]?/i;

/** The table that a statement puts rows into; null for all others. */
export function insertedTable(statement: string): string | null {
  return INSERTS.exec(statement)?.[1] ?? null;
}
