import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import type { Db } from './database';
import { sessions, users } from './schema';
import { migrateSqlite, openSqlite } from './sqlite';
import { trackReads } from './tracked-reads';

const MIGRATIONS = 'db/migrations/sqlite';

function openNew() {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-kept-'));
  const url = `file:${join(folder, 'causeway.db')}`;
  migrateSqlite(url, MIGRATIONS);
  const database = openSqlite(url, MIGRATIONS);
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  let read = 0;
  const addPerson = (handle: string) =>
    database.write(async (tx) => {
      await tx.insert(users).values({ id: handle, handle, handleKey: handle, createdAt: 1 });
    });
  const readNames = async (db: Db) => {
    read += 1;
    return (await db.select({ name: users.handle }).from(users)).map(({ name }) => name);
  };
  return { database, addPerson, readNames, timesRead: () => read };
}

it('reads again what changed, and nothing else', async () => {
  const { database, addPerson, readNames, timesRead } = openNew();
  await addPerson('ada');
  expect(await database.kept('names', readNames)).toEqual(['ada']);
  expect(await database.kept('names', readNames)).toEqual(['ada']);
  expect(timesRead()).toBe(1);
  await addPerson('bo');
  expect(await database.kept('names', readNames)).toEqual(['ada', 'bo']);
  expect(timesRead()).toBe(2);
  await expect(
    database.write(async (tx) => {
      await tx.delete(users).where(eq(users.id, 'bo'));
      throw new Error('taken back');
    }),
  ).rejects.toThrow('taken back');
  expect(await database.kept('names', readNames)).toEqual(['ada', 'bo']);
  expect(timesRead()).toBe(2);
});

it('keeps nothing that changed while it was read', async () => {
  const { database, addPerson, readNames, timesRead } = openNew();
  await addPerson('ada');
  const slowly = async (db: Db) => {
    const names = await readNames(db);
    await addPerson('bo');
    return names;
  };
  expect(await database.kept('names', slowly)).toEqual(['ada']);
  expect(await database.kept('names', readNames)).toEqual(['ada', 'bo']);
  expect(timesRead()).toBe(2);
});

it('makes a page depend on what it was given', async () => {
  const { database, readNames } = openNew();
  const read = () => trackReads(() => database.kept('names', readNames));
  const first = await read();
  expect(first.tags).toEqual(['users']);
  expect((await read()).tags).toEqual(first.tags);
  const secret = (db: Db) => db.select().from(sessions);
  const page = () => trackReads(() => database.kept('secret', secret));
  expect((await page()).tags).toBeNull();
  expect((await page()).tags).toBeNull();
});
