import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { users } from './schema';
import { migrateSqlite, openSqlite } from './sqlite';

const MIGRATIONS = 'db/migrations/sqlite';

it('updates the planner’s statistics once there are many rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-plans-'));
  const file = join(folder, 'causeway.db');
  migrateSqlite(`file:${file}`, MIGRATIONS);
  const database = openSqlite(`file:${file}`, MIGRATIONS);
  const look = new Sqlite(file, { readonly: true });
  onTestFinished(async () => {
    look.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });
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
