import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, it, onTestFinished } from 'vitest';

const MIGRATIONS = 'db/migrations/sqlite';

/** Runs the migrations up to one, or all. */
function migrateUpTo(connection: Sqlite.Database, folder: string, last?: string) {
  const file = join(MIGRATIONS, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] };
  const at = journal.entries.findIndex(({ tag }) => tag.endsWith(`_${last}`));
  const entries = last ? journal.entries.slice(0, at) : journal.entries;
  cpSync(MIGRATIONS, folder, { recursive: true });
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  migrate(drizzle(connection), { migrationsFolder: folder });
}

it('groups become key points with their posts, kind and history, and kinds know who named them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-groups-'));
  const connection = new Sqlite(join(folder, 'causeway.db'));
  onTestFinished(() => {
    connection.close();
    rmSync(folder, { recursive: true });
  });
  migrateUpTo(connection, join(folder, 'before'), 'key-points');
  const posts = ['one', 'two', 'three', 'alone'];
  for (const id of ['author', 'mona']) {
    connection
      .prepare('insert into users (id, handle, handle_key, created_at) values (?, ?, ?, 0)')
      .run(id, id, id);
  }
  connection.exec(`insert into threads (id, slug, title, state, language, author_id, created_at, active_at)
    values ('t', 't', 't', 'open', 'en', 'author', 0, 0)`);
  for (const id of posts) {
    connection
      .prepare(
        `insert into posts (id, thread_id, author_id, state, body, html, excerpt, language, created_at, imported_at)
         values (?, 't', 'author', 'visible', '', '', '', 'en', 0, ?)`,
      )
      .run(id, id === 'three' ? 5 : null);
  }
  connection.exec(`
    insert into post_barriers values ('one', 'cost'), ('two', 'cost'), ('two', 'data'), ('three', 'data');
    insert into barrier_groups values ('g', '011', 1), ('kindless', '011', 1);
    insert into barrier_group_posts values ('one', 'g'), ('two', 'g'), ('alone', 'kindless');
    insert into barrier_acts values
      ('a1', 'group', 'mona', 'g', '["one"]', '[]', '[]', 1),
      ('a2', 'join', 'mona', 'g', '["two"]', '[]', '[]', 2),
      ('a3', 'accept', 'mona', 'two', '["two"]', '["data"]', '[]', 3),
      ('a4', 'accept', 'author', 'one', '["one"]', '["cost"]', '[]', 4)`);
  migrateUpTo(connection, join(folder, 'after'));

  const all = (sql: string) => connection.prepare(sql).raw().all() as unknown[][];
  expect(all('select post_id, kind, said_by, person_id from post_barriers order by 1, 2')).toEqual([
    ['one', 'cost', 'author', null],
    ['three', 'data', 'import', null],
    ['two', 'cost', 'author', null],
    ['two', 'data', 'moderator', 'mona'],
  ]);
  expect(all('select id, kind, region, created_at, created_by_id from key_points')).toEqual([
    ['g', 'cost', '011', 1, 'mona'],
  ]);
  const members = 'select post_id, key_point_id, said_by, added_by_id, created_at';
  expect(all(`${members} from key_point_posts order by 1`)).toEqual([
    ['one', 'g', 'moderator', 'mona', 1],
    ['two', 'g', 'moderator', 'mona', 2],
  ]);
  const acts = all('select act, before, after from key_point_acts order by created_at');
  expect(acts.map(([act]) => act)).toEqual(['make', 'add']);
  // As an act keeps them, so that it can be undone.
  expect(JSON.parse(String(acts[1]?.[1]))).toEqual({ posts: { two: null } });
  expect(JSON.parse(String(acts[1]?.[2]))).toEqual({
    posts: {
      two: { keyPointId: 'g', saidBy: 'moderator', addedById: 'mona', createdAt: 2 },
    },
  });
});
