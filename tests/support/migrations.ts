import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { DIALECT } from '~db/dialect';

export const MIGRATIONS = `db/migrations/${DIALECT}`;

/** Copies the migrations before one with this name, as an older version of the program had them. */
export function migrationsBefore(folder: string, name: string): string {
  const file = join(MIGRATIONS, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] };
  const at = journal.entries.findIndex(({ tag }) => tag.endsWith(`_${name}`));
  const copy = join(folder, 'before');
  cpSync(MIGRATIONS, copy, { recursive: true });
  const entries = journal.entries.slice(0, at);
  writeFileSync(join(copy, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  return copy;
}

export type Run = (statement: string) => Promise<unknown[][]>;

/** Runs migrations as an older version did, without this version's triggers. */
export async function openMigrated(url: string, migrations: string): Promise<Run> {
  if (DIALECT === 'sqlite') {
    const connection = new Sqlite(url.slice('file:'.length));
    onTestFinished(() => void connection.close());
    const { drizzle } = await import('drizzle-orm/better-sqlite3');
    const { migrate } = await import('drizzle-orm/better-sqlite3/migrator');
    migrate(drizzle(connection), { migrationsFolder: migrations });
    return async (statement) => {
      const prepared = connection.prepare(statement);
      if (!prepared.reader) prepared.run();
      return prepared.reader ? (prepared.raw().all() as unknown[][]) : [];
    };
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  await migratePostgres(overPostgres(client), { migrationsFolder: migrations });
  return async (statement) =>
    (await client.query<unknown[]>({ text: statement, rowMode: 'array' })).rows;
}
