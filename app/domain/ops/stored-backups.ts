import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { findValue } from '~/platform/installation-values';
import type { Db } from '~db/client';
import { DIALECT } from '~db/dialect';
import { databaseFile } from '~db/file';
import { settings } from '~db/schema';
import { backup, LAST_BACKUP } from './backup';
import { BACKUP_DAYS } from './backup-days';

/*
 * Backups that administrators make in the browser. They are files beside the database, named by
 * the time at which they were made. A database on a PostgreSQL server has none: `pg_dump` makes them.
 */

const NAME = /^causeway-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.db$/;

export interface StoredBackup {
  name: string;
  bytes: number;
  /** UTC milliseconds. */
  madeAt: number;
}

export interface Storage {
  /** Size of the database in bytes. */
  bytes: number;
  /** Free space beside it in bytes; null if it is on a server of its own. */
  free: number | null;
  /** When a backup was last made here, in the browser or by command; null if never. */
  lastBackupAt: number | null;
  /** Newest first; null if backups are made on the server of the database. */
  backups: StoredBackup[] | null;
}

export async function readStorage({ db, config }: AppContext): Promise<Storage> {
  const last = await findValue(db.reader, LAST_BACKUP);
  const lastBackupAt = last === null ? null : Number(last);
  if (DIALECT === 'postgresql') {
    return { bytes: await sizeOnServer(db.reader), free: null, lastBackupAt, backups: null };
  }
  const file = databaseFile(config.databaseUrl);
  const { bavail, bsize } = await statfs(dirname(file));
  const parts = [file, `${file}-wal`].filter((one) => existsSync(one));
  return {
    bytes: parts.reduce((sum, one) => sum + statSync(one).size, 0),
    free: bavail * bsize,
    lastBackupAt,
    backups: await storedBackups(config.databaseUrl),
  };
}

/**
 * Makes a backup beside the database while the site runs, and checks it.
 * @throws DomainError `refused` on PostgreSQL, or if there is no room for it.
 */
export async function storeBackup(app: AppContext): Promise<void> {
  const { bytes, free } = await readStorage(app);
  if (free === null) throw new DomainError('refused', 'admin.backups.server');
  if (free < 2 * bytes) throw new DomainError('refused', 'admin.backups.error.full');
  const folder = folderOf(app.config.databaseUrl);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const time = new Date(app.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const file = join(folder, `causeway-${time}.db`);
  // Two in one second are one.
  if (!existsSync(file)) await backup(app, file);
}

/** Returns the file of a stored backup; null if there is none of this name. */
export async function findBackup(
  { config }: AppContext,
  name: string,
): Promise<(StoredBackup & { file: string }) | null> {
  if (DIALECT === 'postgresql') return null;
  const found = (await storedBackups(config.databaseUrl)).find((one) => one.name === name);
  return found ? { ...found, file: join(folderOf(config.databaseUrl), found.name) } : null;
}

/** @throws DomainError `missing` if there is none of this name. */
export async function deleteBackup(app: AppContext, name: string): Promise<void> {
  const found = await findBackup(app, name);
  if (!found) throw new DomainError('missing', 'site.problem.404.title');
  await rm(found.file, { force: true });
}

/** Deletes stored backups that are older than the privacy page promises; a background job. */
export async function purgeBackups(app: AppContext): Promise<void> {
  if (DIALECT === 'postgresql') return;
  const oldest = app.clock.now() - BACKUP_DAYS * DAY;
  for (const { name, madeAt } of await storedBackups(app.config.databaseUrl)) {
    if (madeAt <= oldest) await deleteBackup(app, name);
  }
}

async function storedBackups(databaseUrl: string): Promise<StoredBackup[]> {
  const folder = folderOf(databaseUrl);
  const names = existsSync(folder) ? await readdir(folder) : [];
  const found = names
    .sort()
    .reverse()
    .flatMap((name) => {
      const [, year, month, day, hours, minutes, seconds] = (NAME.exec(name) ?? []).map(Number);
      if (!year || !month) return [];
      return [{ name, madeAt: Date.UTC(year, month - 1, day, hours, minutes, seconds) }];
    });
  return Promise.all(
    found.map(async (one) => ({ ...one, bytes: (await stat(join(folder, one.name))).size })),
  );
}

function folderOf(databaseUrl: string): string {
  return join(dirname(databaseFile(databaseUrl)), 'backups');
}

async function sizeOnServer(db: Db): Promise<number> {
  // An aggregate, because a query must name a table.
  const bytes = sql`max(pg_database_size(current_database()))`.mapWith(Number);
  const [row] = await db.select({ bytes }).from(settings);
  return row?.bytes ?? 0;
}
