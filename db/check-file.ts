import Sqlite from 'better-sqlite3';

/**
 * Returns in one line why the file is not a sound Causeway database; null if it is sound. Looking at
 * a file in WAL mode leaves `-wal` and `-shm` beside it.
 */
export function checkDatabaseFile(file: string): string | null {
  let connection: Sqlite.Database | null = null;
  try {
    connection = new Sqlite(file, { readonly: true, fileMustExist: true });
    const rows = connection.pragma('integrity_check') as { integrity_check: string }[];
    const faults = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    if (faults.length > 0) return faults[0] ?? 'damaged';
    const table = connection
      .prepare("select count(*) as n from sqlite_master where name = '__drizzle_migrations'")
      .get() as { n: number };
    return table.n === 1 ? null : 'it is not a Causeway database';
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  } finally {
    connection?.close();
  }
}

/** True if no other process has the database open; moves the log into the file. */
export function holdsAlone(file: string): boolean {
  const connection = new Sqlite(file, { timeout: 0 });
  try {
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('BEGIN EXCLUSIVE; COMMIT');
    connection.pragma('wal_checkpoint(TRUNCATE)');
    return true;
  } catch (error) {
    // A damaged file can be replaced.
    return !String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
  } finally {
    connection.close();
  }
}
