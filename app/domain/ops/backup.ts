import { existsSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { AppContext } from '~/platform/app-context';
import { checkDatabaseFile, holdsAlone } from '~db/check-file';
import { databaseFile } from '~db/file';

/**
 * Copies the database to a file while the site runs, and checks the copy.
 * @throws Error if the file already exists or the copy is damaged
 */
export async function backup(app: AppContext, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} exists already; nothing was written`);
  await app.db.backup(file);
  const problem = checkDatabaseFile(file);
  if (problem) throw new Error(`the copy is damaged: ${problem}`);
}

/**
 * Replaces the database by a backup. The former database is kept beside it, and its file name is
 * returned (null if there was none).
 * @throws Error if the backup is damaged or the database is in use
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
