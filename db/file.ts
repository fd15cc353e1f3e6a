import { chmodSync, existsSync, statSync } from 'node:fs';

/** Takes access to a database and its log from other users: older versions may have given it. */
export function closeToOthers(file: string): void {
  for (const one of [file, `${file}-wal`, `${file}-shm`]) {
    if (!existsSync(one)) continue;
    const { mode } = statSync(one);
    if (mode & 0o007) chmodSync(one, mode & 0o770);
  }
}

/**
 * Returns the file path in a `DATABASE_URL` such as `file:./data/causeway.db`.
 * @throws Error for any other kind of URL.
 */
export function databaseFile(url: string): string {
  if (!url.startsWith('file:')) {
    throw new Error(`DATABASE_URL: only file: addresses are supported, not ${url.split(':')[0]}:`);
  }
  return url.replace(/^file:(\/\/(?=\/))?/, '');
}
