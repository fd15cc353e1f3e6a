import { getTableName, type SQL } from 'drizzle-orm';
import type { Db } from './database';
import { type Column, getTableConfig, type Table, tablesIn } from './dialect';
import * as schema from './schema';

/** A column by which rows of a table belong to a row of another. */
export interface Dependant {
  table: Table;
  column: Column;
  /** The rows go with what they belong to: the schema says `cascade`. */
  goes: boolean;
}

/** All tables that refer to another, as the schema declares it. */
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
 * Deletes what goes with rows that themselves have to stay: as if those were deleted. Tables that
 * are added later are in it by what their schema says.
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
