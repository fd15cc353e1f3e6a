import { existsSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { AppContext } from '~/platform/app-context';
import { checkDatabaseFile, holdsAlone } from '~db/check-file';
import { databaseFile } from '~db/file';

/**
 * Copies the database to a file while the site runs, and checks the copy.
 * @throws Error when the file exists already or the copy is damaged
 */
export async function backup(app: AppContext, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} exists already; nothing was written`);
  await app.db.backup(file);
  const problem = checkDatabaseFile(file);
  if (problem) throw new Error(`the copy is damaged: ${problem}`);
}

/**
 * Puts a backup in the place of the database; the one that was there is kept beside it, and its
 * name is returned (null when there was none).
 * @throws Error when the backup is damaged or something still uses the database
 */
export async function restore(file: string, databaseUrl: string, now: number) {
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  const problem = checkDatabaseFile(file);
  if (problem) throw new Error(`${file} cannot be restored: ${problem}`);
  const target = databaseFile(databaseUrl);
  if (existsSync(target) && !holdsAlone(target)) {
    throw new Error('the database is in use: stop the server first');
  }
  const incoming = `${target}.incoming`;
  await copyFile(file, incoming);
  const kept = existsSync(target) ? `${target}.before-${now}` : null;
  if (kept) renameSync(target, kept);
  for (const rest of ['-wal', '-shm']) rmSync(target + rest, { force: true });
  renameSync(incoming, target);
  return kept;
}
