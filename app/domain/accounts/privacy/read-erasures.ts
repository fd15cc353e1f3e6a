import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { erasures } from '~db/schema';
import type { Erasure } from './erase-account';

/**
 * Returns the erasures recorded in a database file; null if it cannot be read, for example
 * after the loss of a disk. Opens the file itself, because it may be damaged.
 */
export async function erasuresIn(file: string): Promise<Erasure[] | null> {
  if (!existsSync(file)) return null;
  try {
    const connection = new Sqlite(file, { readonly: true });
    try {
      return await drizzle(connection).select().from(erasures);
    } finally {
      connection.close();
    }
  } catch {
    return null;
  }
}
