import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { and, eq, inArray } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { posts } from '~db/schema';
import { migrateSqlite, openSqlite } from '~db/sqlite';
import { batchesOf } from './batches';

interface Worded {
  toSQL(): { sql: string; params: unknown[] };
}

const MIGRATIONS = 'db/migrations/sqlite';

it('is so small that SQLite finds the rows of its ids by them, among a million', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-batches-'));
  const url = `file:${join(folder, 'causeway.db')}`;
  migrateSqlite(url, MIGRATIONS);
  const connection = new Sqlite(join(folder, 'causeway.db'));
  // What a million posts leave there.
  connection.exec(`analyze sqlite_schema;
    insert into sqlite_stat1 values ('posts', 'sqlite_autoindex_posts_1', '1000005 1'),
      ('posts', 'posts_state', '1000005 1001 1');
    analyze sqlite_schema;`);
  const database = openSqlite(url, MIGRATIONS);
  onTestFinished(async () => {
    connection.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const ids = Array.from({ length: 5000 }, (_, n) => `p${n}`);
  const planOf = (batch: string[]) => {
    const query = database.reader
      .select()
      .from(posts)
      .where(and(inArray(posts.id, batch), eq(posts.state, 'visible')));
    const { sql, params } = (query as unknown as Worded).toSQL();
    return JSON.stringify(connection.prepare(`explain query plan ${sql}`).all(params));
  };
  for (const batch of batchesOf(ids)) expect(planOf(batch)).toContain('sqlite_autoindex_posts_1');
  expect(planOf(ids)).toContain('posts_state');
});
