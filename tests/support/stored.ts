import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIALECT, tablesIn } from '~db/dialect';
import * as schema from '~db/schema';
import type { TestCauseway } from './causeway';

/**
 * Returns everything that a thief of the database would have: the bytes of SQLite's files, or all
 * rows.
 */
export async function everythingStored({ folder, app }: TestCauseway): Promise<string> {
  if (DIALECT === 'sqlite') {
    const files = readdirSync(folder).filter((name) => name.startsWith('causeway.db'));
    return files.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n');
  }
  return allRows({ app });
}

/** Returns the rows of all tables, as text. */
export async function allRows({ app }: Pick<TestCauseway, 'app'>): Promise<string> {
  const rows: unknown[] = [];
  for (const table of tablesIn(schema)) rows.push(await app.db.reader.select().from(table));
  return JSON.stringify(rows);
}
