import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { useCauseway } from './support/causeway';
import { Client } from './support/client';
import { runCommand } from './support/command';
import { startProgram } from './support/program';

/** All files below a folder that others than their owner may read or write. */
function open(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).mode & 0o077)
    .map((path) => relative(folder, path));
}

beforeAll(() => {
  const before = process.umask(0o022);
  return () => process.umask(before);
});

it('what the server and the commands write is readable by their user only', async () => {
  const causeway = await useCauseway();
  const folder = mkdtempSync(join(tmpdir(), 'causeway-private-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = { DATABASE_URL: `file:${folder}/data/site.db`, OUTBOX_DIR: `${folder}/data/outbox` };
  const { url } = await startProgram(causeway, env);
  const form = { email: 'ada@example.org', handle: 'ada', password: 'a causeway of stones' };
  expect((await new Client(url).post('/signup', form)).status).toBe(303);
  const run = async (...args: string[]) =>
    expect(await runCommand(causeway, args, '', env)).toMatchObject({ code: 0 });
  await run('work');
  await run('backup', join(folder, 'backup.db'));
  await run('export', join(folder, 'export'));

  const written = readdirSync(folder, { recursive: true }).map(String);
  expect(written).toContain('data/site.db-wal');
  expect(written.filter((name) => name.endsWith('.eml'))).toHaveLength(1);
  expect(written).toContain('export/threads.csv');
  // The folder itself was made by this test.
  expect(open(folder)).toEqual([]);
});

it('a database that everybody could read is closed at the next start', async () => {
  const causeway = await useCauseway();
  const file = join(causeway.folder, 'causeway.db');
  chmodSync(file, 0o664);
  expect((await runCommand(causeway, ['migrate'])).code).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o660);
});

it('a backup is one file, also after it was looked at', async () => {
  const causeway = await useCauseway();
  const file = join(causeway.folder, 'backup.db');
  expect((await runCommand(causeway, ['backup', file])).code).toBe(0);
  const beside = () => readdirSync(causeway.folder).filter((name) => name.startsWith('backup'));
  expect(beside()).toEqual(['backup.db']);
  const other = { DATABASE_URL: `file:${causeway.folder}/other.db` };
  expect((await runCommand(causeway, ['restore', file], '', other)).code).toBe(0);
  expect(beside()).toEqual(['backup.db']);
  const others = readdirSync(causeway.folder).filter((name) => name.startsWith('other'));
  expect(others).toEqual(['other.db']);
});
