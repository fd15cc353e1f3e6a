import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is said of a database that a newer version of the program has migrated. */
const NEWER =
  'the database is newer than this program: start the newer version again, or restore a backup from before it';

/** How far the schema of a database is. */
export interface SchemaState {
  /** How many migrations it has not run yet. */
  pending: number;
  /** Why the program cannot use it as it is, in one line; null if it can. */
  problem: string | null;
}

/**
 * Compares a database with the program's migrations.
 * @param last the timestamp of the newest migration that the database has run; 0 if it ran none
 */
export function schemaState(migrations: string, last: number): SchemaState {
  const steps = stepsIn(migrations);
  const pending = steps.filter((step) => step > last).length;
  if (last > Math.max(...steps)) return { pending, problem: NEWER };
  return { pending, problem: pending === 0 ? null : `${pending} migrations pending` };
}

/**
 * Returns how many migrations are to be run.
 * @throws Error if the database is newer than the program: it could read and write wrongly
 */
export function requirePending({ pending, problem }: SchemaState): number {
  if (problem === NEWER) throw new Error(NEWER);
  return pending;
}

/** Returns the timestamps of a folder's migrations, as the database records them. */
function stepsIn(migrations: string): number[] {
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  return journal.entries.map((entry) => entry.when);
}
