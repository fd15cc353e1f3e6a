import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/*
 * There is one schema; the migrations generated from it for each database must describe the same
 * tables. The newest snapshot in each migrations folder is the result of the last `npm run
 * generate`.
 */

interface ColumnSnapshot {
  name: string;
  type: string;
  primaryKey: boolean;
  notNull: boolean;
  default?: string | number | boolean;
}

interface TableSnapshot {
  name: string;
  columns: Record<string, ColumnSnapshot>;
  indexes: Record<
    string,
    { columns: (string | { expression: string })[]; isUnique: boolean; where?: string }
  >;
  foreignKeys: Record<
    string,
    {
      tableTo: string;
      columnsFrom: string[];
      columnsTo: string[];
      onDelete: string;
      onUpdate: string;
    }
  >;
  compositePrimaryKeys: Record<string, { columns: string[] }>;
}

/**
 * The PostgreSQL types that correspond to each SQLite type. Only the schema knows which integers
 * are booleans.
 */
const TYPES: Record<string, string[]> = {
  text: ['text COLLATE "C"', 'json'],
  integer: ['bigint', 'boolean'],
  real: ['double precision'],
};

function tablesOf(dialect: string): Map<string, TableSnapshot> {
  const folder = join('db/migrations', dialect, 'meta');
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort()
    .at(-1);
  const { tables } = JSON.parse(readFileSync(join(folder, newest ?? ''), 'utf8')) as {
    tables: Record<string, TableSnapshot>;
  };
  return new Map(Object.values(tables).map((table) => [table.name, table]));
}

/**
 * Returns the parts of a table that both snapshots describe alike, without quotes and constraint
 * names.
 */
function shapeOf(table: TableSnapshot) {
  return {
    columns: sorted(
      Object.values(table.columns).map(({ name, notNull, primaryKey, default: value }) => ({
        name,
        notNull,
        primaryKey,
        default: value === undefined ? null : String(value),
      })),
    ),
    indexes: sorted(
      Object.entries(table.indexes).map(([name, { columns, isUnique, where }]) => ({
        name,
        columns: columns.map((column) => (typeof column === 'string' ? column : column.expression)),
        isUnique,
        where: where?.replaceAll(/["`]/g, '') ?? null,
      })),
    ),
    foreignKeys: sorted(
      Object.values(table.foreignKeys).map(
        ({ tableTo, columnsFrom, columnsTo, onDelete, onUpdate }) => ({
          name: columnsFrom.join(),
          tableTo,
          columnsTo,
          onDelete,
          onUpdate,
        }),
      ),
    ),
    primaryKey: Object.values(table.compositePrimaryKeys).map(({ columns }) => columns),
  };
}

function sorted<T extends { name: string }>(list: T[]): T[] {
  return list.sort((a, b) => a.name.localeCompare(b.name));
}

describe('the schema on both databases', () => {
  const sqlite = tablesOf('sqlite');
  const postgres = tablesOf('postgresql');

  it('has the same tables', () => {
    expect(sqlite.size).toBeGreaterThan(20);
    expect([...postgres.keys()].sort()).toEqual([...sqlite.keys()].sort());
  });

  it.each([...sqlite.keys()])('has the same columns, indexes and references in %s', (name) => {
    const [one, other] = [sqlite.get(name), postgres.get(name)];
    if (!one || !other) throw new Error(`${name} is missing`);
    expect(shapeOf(other)).toEqual(shapeOf(one));
    for (const column of Object.values(one.columns)) {
      expect(TYPES[column.type]).toContain(other.columns[column.name]?.type);
    }
  });
});
