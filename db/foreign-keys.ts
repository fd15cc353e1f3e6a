import { getTableName, type SQL } from 'drizzle-orm';
import type { Db } from './database';
import { type Column, getTableConfig, type Table, tablesIn } from './dialect';
import * as schema from './schema';

/** A foreign key column: rows of `table` belong to a row of another table. */
export interface Dependant {
  table: Table;
  column: Column;
  /** True if the schema says `cascade`: the rows are deleted with the row they belong to. */
  goes: boolean;
}

/** Returns all foreign keys in the schema that refer to `parent`. */
export function dependantsOf(parent: Table): Dependant[] {
  const tables = tablesIn(schema);
  return tables.flatMap((table) =>
    getTableConfig(table).foreignKeys.flatMap((key) => {
      const { foreignTable, columns } = key.reference();
      if (getTableName(foreignTable) !== getTableName(parent)) return [];
      return columns.map((column) => ({ table, column, goes: key.onDelete === 'cascade' }));
    }),
  );
}

/**
 * Deletes the rows that depend on rows which themselves must stay, as if those had been deleted.
 * Tables that are added later are covered by their foreign keys in the schema.
 */
export async function deleteDependants(
  tx: Db,
  parent: Table,
  which: (column: Column) => SQL,
): Promise<void> {
  for (const { table, column, goes } of dependantsOf(parent)) {
    if (goes) await tx.delete(table).where(which(column));
  }
}
