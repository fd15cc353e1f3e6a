import type { Command } from 'commander';
import { postgresMigrations } from '~/cli/paths';
import { print, withApp } from '~/cli/run';
import { copyToPostgres } from '~db/copy';
import { DIALECT } from '~db/dialect';

/** `causeway copy`: moves a site from SQLite to PostgreSQL. */
export function registerCopy(program: Command): void {
  program
    .command('copy')
    .description('copy this site from SQLite to an empty PostgreSQL database, and compare both')
    .requiredOption('--to <url>', 'postgres://…, an empty database')
    .option('--json', 'print what was copied, table by table, as JSON')
    .action(async ({ to, json }: { to: string; json?: boolean }) => {
      if (DIALECT !== 'sqlite') throw new Error('DATABASE_URL is not SQLite: nothing to copy from');
      if (!/^postgres(ql)?:\/\//.test(to)) throw new Error('--to must be a postgres:// URL');
      await withApp(async (app) => {
        const tables = await copyToPostgres(app.db.reader, to, postgresMigrations);
        const wrong = tables.filter(({ same }) => !same);
        const rows = tables.reduce((sum, table) => sum + table.rows, 0);
        print(json ? { json } : {}, tables, `${rows} rows in ${tables.length} tables.`);
        if (wrong.length > 0) {
          const names = wrong.map(({ table }) => table).join(', ');
          throw new Error(
            `different on both sides: ${names}. Stop the site and copy again to an empty database`,
          );
        }
        if (!json) {
          console.log(
            'Both are the same. The new site rebuilds its search index in the first half minute.',
          );
        }
      });
    });
}
