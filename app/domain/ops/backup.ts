import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import type { AppContext } from '~/platform/app-context';
import { putValue } from '~/platform/installation-values';
import { checkDatabaseFile, holdsAlone } from '~db/check-file';
import { databaseFile } from '~db/file';
import { sameOnServer } from '~db/former';

/** The setting that holds when a backup was last made. */
export const LAST_BACKUP = 'last-backup';

/** Files that SQLite may leave beside a database: its write-ahead log, and an index of that. */
const BESIDE = ['-wal', '-shm'];

/**
 * Copies the database to a file while the site runs, and checks the copy.
 * @throws Error if the file already exists or the copy is damaged
 */
export async function backup(app: AppContext, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} already exists; nothing was written`);
  await app.db.backup(file);
  const problem = checkDatabaseFile(file);
  if (problem) throw new Error(`the copy is damaged: ${problem}`);
  await app.db.write((tx) => putValue(tx, LAST_BACKUP, String(app.clock.now())));
}

/** A restored database that is being made ready to take the place of the present one. */
export interface Incoming {
  /** Address of the restored database: on SQLite a copy of the backup, beside the present one. */
  url: string;
  /** Address of the database that is there now; null if there is none. */
  former: string | null;
  /**
   * Puts the copy, which nothing may have open, in the place of the database. The one that was there
   * is kept beside it; its name is returned (null if there was none). On PostgreSQL the operator does
   * it, by `DATABASE_URL`.
   * @throws Error if something uses the database
   */
  putInPlace(now: number): string | null;
  /** Removes the copy, whether it was put in place or not. */
  discard(): void;
}

/**
 * Begins to restore a backup: copies it beside the database and checks it. Nothing else changes.
 * @throws Error when the backup is damaged or something still uses the database
 */
export function beginRestore(file: string, databaseUrl: string): Incoming {
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  const target = databaseFile(databaseUrl);
  const requireFree = () => {
    if (existsSync(target) && !holdsAlone(target)) {
      throw new Error('the database is in use: stop the server first');
    }
  };
  requireFree();
  const incoming = `${target}.incoming`;
  const discard = () => removeDatabase(incoming);
  discard();
  copyFileSync(file, incoming);
  // Such as a copy that was made without `backup`.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${incoming}-wal`);
  const problem = checkDatabaseFile(incoming);
  if (problem) {
    discard();
    throw new Error(`${file} cannot be restored: ${problem}`);
  }
  return {
    url: `file:${incoming}`,
    former: existsSync(target) ? databaseUrl : null,
    putInPlace(now) {
      requireFree();
      const kept = existsSync(target) ? `${target}.before-${now}` : null;
      if (kept) renameSync(target, kept);
      for (const rest of BESIDE) rmSync(target + rest, { force: true });
      renameSync(incoming, target);
      return kept;
    },
    discard,
  };
}

/**
 * Begins to restore on PostgreSQL: the backup was restored into a database of its own by
 * `pg_restore`, and nothing is copied.
 * @throws Error if `restored` is no address of another database
 */
export function beginRestoreOnServer(restored: string, databaseUrl: string): Incoming {
  if (!/^postgres(ql)?:\/\//.test(restored)) {
    throw new Error(
      'DATABASE_URL is PostgreSQL: pg_restore the backup into a new database and give its URL, see docs/running.md',
    );
  }
  if (sameOnServer(restored, databaseUrl)) {
    throw new Error('this is the database of DATABASE_URL: restore into a new one');
  }
  return { url: restored, former: databaseUrl, putInPlace: () => null, discard: () => undefined };
}

function removeDatabase(file: string): void {
  for (const rest of ['', ...BESIDE]) rmSync(file + rest, { force: true });
}
