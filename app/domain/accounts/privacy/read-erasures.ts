import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Db } from '~db/client';
import { DIALECT } from '~db/dialect';
import { databaseFile } from '~db/file';
import { erasures } from '~db/schema';
import type { Erasure } from './erase-account';

/** PostgreSQL's code for a table that is not there. */
const NO_TABLE = '42P01';

/**
 * Returns the erasures recorded in the database at `url`; null if it has none of our tables or, on
 * SQLite, cannot be read, for example after the loss of a disk.
 * @throws the driver's error if a PostgreSQL server does not answer
 */
export async function erasuresIn(url: string): Promise<Erasure[] | null> {
  if (DIALECT === 'postgresql') return erasuresOnServer(url);
  const file = databaseFile(url);
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

async function erasuresOnServer(url: string): Promise<Erasure[] | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'causeway restore' });
  try {
    await client.connect();
    return await (drizzlePostgres(client) as unknown as Db).select().from(erasures);
  } catch (error) {
    const { cause, code } = error as { cause?: { code?: unknown }; code?: unknown };
    if ((cause?.code ?? code) === NO_TABLE) return null;
    throw error;
  } finally {
    await client.end();
  }
}
