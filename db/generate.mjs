/**
 * `npm run generate -- --name=what-changed` writes the migrations that bring both databases to the
 * current schema. With `--custom` it creates an empty migration for each database, to be filled
 * with SQL by hand.
 */
import { spawnSync } from 'node:child_process';

for (const DATABASE_URL of ['file:./unused.db', 'postgres://unused']) {
  const run = spawnSync('drizzle-kit', ['generate', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL },
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
