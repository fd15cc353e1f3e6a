import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { migrateDatabase } from '~db/client';
import { createEmptyDatabase } from './support/database';
import { MIGRATIONS, migrationsBefore, openMigrated } from './support/migrations';

it('groups become key points with their posts, kind and history, and kinds know who named them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-groups-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = await createEmptyDatabase(folder);
  onTestFinished(() => database.drop());
  const run = await openMigrated(database.url, migrationsBefore(folder, 'key-points'));
  for (const id of ['author', 'mona']) {
    await run(
      `insert into users (id, handle, handle_key, created_at) values ('${id}', '${id}', '${id}', 0)`,
    );
  }
  await run(`insert into threads (id, slug, title, state, language, author_id, created_at, active_at)
    values ('t', 't', 't', 'open', 'en', 'author', 0, 0)`);
  for (const id of ['one', 'two', 'three', 'alone']) {
    await run(
      `insert into posts (id, thread_id, author_id, state, body, html, excerpt, language, created_at, imported_at)
       values ('${id}', 't', 'author', 'visible', '', '', '', 'en', 0, ${id === 'three' ? 5 : 'null'})`,
    );
  }
  for (const statement of [
    `insert into post_barriers values ('one', 'cost'), ('two', 'cost'), ('two', 'data'), ('three', 'data')`,
    `insert into barrier_groups values ('g', '011', 1), ('kindless', '011', 1)`,
    `insert into barrier_group_posts values ('one', 'g'), ('two', 'g'), ('alone', 'kindless')`,
    `insert into barrier_acts values
      ('a1', 'group', 'mona', 'g', '["one"]', '[]', '[]', 1),
      ('a2', 'join', 'mona', 'g', '["two"]', '[]', '[]', 2),
      ('a3', 'accept', 'mona', 'two', '["two"]', '["data"]', '[]', 3),
      ('a4', 'accept', 'author', 'one', '["one"]', '["cost"]', '[]', 4)`,
  ]) {
    await run(statement);
  }
  await migrateDatabase(database.url, MIGRATIONS);

  expect(
    await run('select post_id, kind, said_by, person_id from post_barriers order by 1, 2'),
  ).toEqual([
    ['one', 'cost', 'author', null],
    ['three', 'data', 'import', null],
    ['two', 'cost', 'author', null],
    ['two', 'data', 'moderator', 'mona'],
  ]);
  expect(await run('select id, kind, region, created_at, created_by_id from key_points')).toEqual([
    ['g', 'cost', '011', 1, 'mona'],
  ]);
  const members = 'select post_id, key_point_id, said_by, added_by_id, created_at';
  expect(await run(`${members} from key_point_posts order by 1`)).toEqual([
    ['one', 'g', 'moderator', 'mona', 1],
    ['two', 'g', 'moderator', 'mona', 2],
  ]);
  const acts = await run(
    'select act, cast(before as text), cast(after as text) from key_point_acts order by created_at',
  );
  expect(acts.map(([act]) => act)).toEqual(['make', 'add']);
  // As an act keeps them, so that it can be undone.
  expect(JSON.parse(String(acts[1]?.[1]))).toEqual({ posts: { two: null } });
  expect(JSON.parse(String(acts[1]?.[2]))).toEqual({
    posts: {
      two: { keyPointId: 'g', saidBy: 'moderator', addedById: 'mona', createdAt: 2 },
    },
  });
});
