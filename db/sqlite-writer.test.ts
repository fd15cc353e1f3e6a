import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { runStatement } from './dialect';
import { settings } from './schema';
import { groupedWriter } from './sqlite-writer';

/**
 * A writer on a real file, the statements it sends to SQLite, and a second connection for checking.
 */
function useWriter(limits?: { longestWork?: number; patience?: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-writer-'));
  const file = join(folder, 'test.db');
  const said: string[] = [];
  const connection = new Sqlite(file, { verbose: (line) => said.push(String(line)), timeout: 0 });
  connection.pragma('journal_mode = WAL');
  connection.pragma('foreign_keys = ON');
  connection.exec(`create table settings (name text primary key, value text not null);
    create table child (name text references settings (name) deferrable initially deferred)`);
  const other = new Sqlite(file, { timeout: 0 });
  onTestFinished(() => {
    other.close();
    connection.close();
    rmSync(folder, { recursive: true });
  });
  const { write } = groupedWriter(connection, limits);
  return {
    connection,
    other,
    write,
    put: (name: string) =>
      write(async (tx) => {
        await tx.insert(settings).values({ name, value: '' });
        return name;
      }),
    names: () => other.prepare('select name from settings order by name').pluck().all(),
    commits: () => said.filter((line) => line === 'COMMIT').length,
  };
}

const outcomes = async (works: Promise<unknown>[]) =>
  (await Promise.allSettled(works)).map(({ status }) => status);

it('shares one commit among waiting transactions, and returns each result', async () => {
  const { put, names, commits } = useWriter();
  // The first write also loads and compiles code, which may take longer than the time limit of a
  // group.
  await put('0');
  const before = commits();
  expect(await Promise.all(['a', 'b', 'c'].map(put))).toEqual(['a', 'b', 'c']);
  expect(names()).toEqual(['0', 'a', 'b', 'c']);
  expect(commits() - before).toBe(1);
});

it('rolls back a failed one and keeps the others', async () => {
  const { put, write, names } = useWriter();
  const failing = write(async (tx) => {
    await tx.insert(settings).values({ name: 'half', value: '' });
    throw new Error('changed my mind');
  });
  expect(await outcomes([put('a'), failing, put('b')])).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(names()).toEqual(['a', 'b']);
});

it('rejects all of them if the commit fails, and stores none', async () => {
  const { put, write, names } = useWriter();
  // Fails only at the commit.
  const orphan = write((tx) => runStatement(tx, sql`insert into child values ('nobody')`));
  expect(await outcomes([put('a'), orphan, put('b')])).toEqual(Array(3).fill('rejected'));
  expect(names()).toEqual([]);
  await put('later');
  expect(names()).toEqual(['later']);
});

it('rejects all of them if the database aborts the transaction', async () => {
  const { connection, put, write, names } = useWriter();
  const before = put('a');
  const ending = write(async () => {
    connection.exec('ROLLBACK');
    throw new Error('as when the disk is full');
  });
  expect(await outcomes([before, ending])).toEqual(['rejected', 'rejected']);
  expect(names()).toEqual([]);
  await put('later');
  expect(names()).toEqual(['later']);
});

it('rolls back a transaction that takes too long, and refuses its later statements', async () => {
  const { put, write, names } = useWriter({ longestWork: 20 });
  let goOn = () => {};
  let afterwards: Promise<unknown> = Promise.resolve();
  const slow = write(async (tx) => {
    await tx.insert(settings).values({ name: 'slow', value: '' });
    afterwards = new Promise<void>((resolve) => {
      goOn = resolve;
    }).then(() => tx.insert(settings).values({ name: 'late', value: '' }));
    await afterwards;
  });
  expect(await outcomes([put('a'), slow, put('b')])).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  goOn();
  await expect(afterwards).rejects.toThrow('this transaction is over');
  expect(names()).toEqual(['a', 'b']);
});

it('waits for another process without blocking, and gives up after a time limit', async () => {
  const { other, put, names } = useWriter({ patience: 60 });
  other.exec("BEGIN IMMEDIATE; insert into settings values ('theirs', '')");
  const ours = put('ours');
  // If SQLite itself waited, it would block the event loop and this line would never run.
  await new Promise((resolve) => setImmediate(resolve));
  other.exec('COMMIT');
  await ours;
  expect(names()).toEqual(['ours', 'theirs']);

  other.exec('BEGIN IMMEDIATE');
  await expect(put('too late')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
  other.exec('ROLLBACK');
  await put('in time');
  expect(names()).toEqual(['in time', 'ours', 'theirs']);
});

it('refuses nested writes', async () => {
  const { write, put } = useWriter();
  await expect(write(() => put('inner'))).rejects.toThrow('write() inside write()');
});
