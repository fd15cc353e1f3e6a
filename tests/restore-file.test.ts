import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { useCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember } from './support/community';

/* The files of a restore on SQLite; what is carried over is in `restore.test.ts`. */

describe('a restore', () => {
  it('leaves the database as it is when the backup is damaged, and replaces a damaged one', async () => {
    const causeway = await useCauseway();
    await addMember(causeway, 'ada');
    const { folder } = causeway;
    const saved = join(folder, 'backup.db');
    expect((await runCommand(causeway, ['backup', saved])).code).toBe(0);
    const now = join(folder, 'now.db');
    copyFileSync(saved, now);
    const damaged = join(folder, 'damaged.db');
    writeFileSync(damaged, 'not a database at all, '.repeat(1000));
    const env = { DATABASE_URL: `file:${now}` };
    const refused = await runCommand(causeway, ['restore', damaged], '', env);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('cannot be restored')]);
    expect(readdirSync(folder).filter((name) => name.startsWith('now'))).toEqual(['now.db']);

    copyFileSync(damaged, now);
    const done = await runCommand(causeway, ['restore', saved], '', env);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('No readable database')]);
    const db = new Sqlite(now);
    expect(db.prepare('select count(*) as n from users').all()).toEqual([{ n: 1 }]);
    db.close();
    rmSync(now);
    expect(existsSync(`${now}.incoming`)).toBe(false);
  });
});
