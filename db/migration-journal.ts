import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the timestamps of the migrations in a folder. The database records each migration it has
 * run under this timestamp.
 */
export function stepsIn(migrations: string): number[] {
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  return journal.entries.map((entry) => entry.when);
}
