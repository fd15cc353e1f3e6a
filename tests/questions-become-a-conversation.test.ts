import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { migrateDatabase } from '~db/client';
import { createEmptyDatabase } from './support/database';
import { MIGRATIONS, migrationsBefore, openMigrated, type Run } from './support/migrations';

/** A database of the version before conversations, with threads; then migrated. */
async function siteOfBefore(threads: readonly string[]): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-before-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = await createEmptyDatabase(folder);
  onTestFinished(() => database.drop());
  const run = await openMigrated(database.url, migrationsBefore(folder, 'conversations'));
  await run(
    `insert into users (id, handle, handle_key, created_at) values ('site', 'site', 'site', 0)`,
  );
  for (const values of threads) {
    await run(
      `insert into threads (id, slug, title, state, language, author_id, source_key, source_url, question_number, created_at, active_at)
       values (${values})`,
    );
  }
  await migrateDatabase(database.url, MIGRATIONS);
  return run;
}

const CONVERSATIONS = 'select id, slug, title, link, state, created_at from conversations';
const THREADS =
  'select id, slug, title, state, source_key, question_number, conversation_id from threads order by id';

it('puts the questions of a site into one open conversation and changes nothing else', async () => {
  const run = await siteOfBefore([
    `'q1', 'barrier', 'What?', 'open', 'en', 'site', 'key 1', null, 1, 10, 90`,
    `'q2', 'initiative', 'Which?', 'locked', 'en', 'site', 'key 2', 'https://blog.example/p', 2, 10, 20`,
    `'x9', 'imported', 'Who?', 'draft', 'fr', 'site', 'key 9', null, null, 30, 30`,
    `'z', 'own', 'My thread', 'open', 'en', 'site', null, null, null, 5, 5`,
  ]);
  expect(await run(CONVERSATIONS)).toEqual([
    ...[['c1', 'democratizing-ai-power', 'Democratizing AI Power', 'https://blog.example/p']].map(
      (row) => [...row, 'open', 10],
    ),
  ]);
  expect(await run(THREADS)).toEqual([
    ['q1', 'barrier', 'What?', 'open', 'key 1', 1, 'c1'],
    ['q2', 'initiative', 'Which?', 'locked', 'key 2', 2, 'c1'],
    ['x9', 'imported', 'Who?', 'draft', 'key 9', null, 'c1'],
    ['z', 'own', 'My thread', 'open', null, null, null],
  ]);
});

it('names the conversation after its first question if it is not the one of the seed', async () => {
  const run = await siteOfBefore([
    `'b', 'later', 'And when?', 'open', 'sw', 'site', 'key 2', null, null, 20, 20`,
    `'a', 'maji', 'Maji yako yapo wapi?', 'open', 'sw', 'site', 'key 1', null, null, 10, 10`,
  ]);
  expect(await run(CONVERSATIONS)).toEqual([
    ['c1', 'maji', 'Maji yako yapo wapi?', null, 'open', 10],
  ]);
});

it('makes no conversation where nothing was asked', async () => {
  const run = await siteOfBefore([
    `'z', 'own', 'My thread', 'open', 'en', 'site', null, null, null, 5, 5`,
  ]);
  expect(await run(CONVERSATIONS)).toEqual([]);
});
