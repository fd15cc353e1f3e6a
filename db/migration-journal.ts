import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The steps of a folder of migrations, by the moments under which a database remembers them. */
export function stepsIn(migrations: string): number[] {
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  return journal.entries.map((entry) => entry.when);
}
