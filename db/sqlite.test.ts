import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { users } from './schema';
import { migrateSqlite, openSqlite } from './sqlite';
import { prepared, preparedInsert } from './statement-cache';

const MIGRATIONS = 'db/migrations/sqlite';

/** Opens an empty database for the test that runs. */
function openEmpty() {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-plans-'));
  const file = join(folder, 'causeway.db');
  migrateSqlite(`file:${file}`, MIGRATIONS);
  const database = openSqlite(`file:${file}`, MIGRATIONS);
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  return { file, database };
}

it('updates the planner’s statistics once there are many rows', async () => {
  const { file, database } = openEmpty();
  const look = new Sqlite(file, { readonly: true });
  onTestFinished(() => void look.close());
  const known = () => {
    const [table] = look.prepare("select 1 from sqlite_master where name = 'sqlite_stat1'").all();
    if (!table) return [];
    return look.prepare("select stat from sqlite_stat1 where idx = 'users_handle_key'").all();
  };
  expect(known()).toEqual([]);
  await database.write(async (tx) => {
    for (let n = 0; n < 500; n++) {
      const handle = `person_${n}`;
      await tx.insert(users).values({ id: handle, handle, handleKey: handle, createdAt: n });
    }
  });
  await database.analyze();
  expect(known()).toEqual([{ stat: '500 1' }]);

  // Simulates a file that was filled or copied by other means.
  new Sqlite(file).exec('delete from sqlite_stat1').close();
  migrateSqlite(`file:${file}`, MIGRATIONS);
  expect(known()).toEqual([{ stat: '500 1' }]);
});

it('writes no value into a statement for which SQLite would plan it again', async () => {
  const { database } = openEmpty();
  const words: unknown[] = [];
  const note = (text: unknown) => words.push(text);
  subscribe('causeway:worded', note);
  onTestFinished(() => void unsubscribe('causeway:worded', note));
  const read = prepared((db) =>
    db
      .select({ id: users.id })
      .from(users)
      .where(eq(users.handle, sql.placeholder('handle')))
      .limit(2),
  );
  expect(await read(database.reader, { handle: 'ada' })).toEqual([]);
  await database.reader.select().from(users).where(eq(users.regionOnly, true)).limit(3).offset(1);
  expect(words).toHaveLength(2);
  for (const text of words) {
    expect(text).toMatch(/ limit \d/);
    expect(String(text).replaceAll('ifnull(?, null)', '')).not.toContain('?');
  }
});

it('inserts rows with the values and defaults of their columns in one statement', async () => {
  const { database } = openEmpty();
  const insert = preparedInsert(users, (one) => one.onConflictDoNothing());
  const [ada, kofi] = ['ada', 'kofi'].map((id) => ({
    id,
    handle: id,
    handleKey: id,
    createdAt: 7,
  }));
  if (!ada || !kofi) throw new Error('two people');
  await database.write(async (tx) => {
    await insert(tx);
    await insert(tx, { ...ada, regionOnly: true, name: 'Ada \0 "Obi"' }, kofi);
    await insert(tx, { ...ada, name: 'Other' });
  });
  const stored = await database.reader.select().from(users).orderBy(users.id);
  expect(stored).toMatchObject([
    { id: 'ada', regionOnly: true, name: 'Ada \uFFFD "Obi"', role: 'member', createdAt: 7 },
    { id: 'kofi', regionOnly: false, name: null, role: 'member', createdAt: 7 },
  ]);
});
