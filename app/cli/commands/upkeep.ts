import type { Command } from 'commander';
import { MIGRATIONS } from '~/cli/paths';
import { print, withApp } from '~/cli/run';
import { repeatErasures } from '~/domain/accounts/privacy/erase-account';
import { erasuresIn } from '~/domain/accounts/privacy/read-erasures';
import { backup, restore } from '~/domain/ops/backup';
import { BACKUP_DAYS } from '~/domain/ops/backup-days';
import { examine } from '~/domain/ops/doctor';
import { rebuildIndex } from '~/domain/ops/rebuild-search-index';
import { systemClock } from '~/platform/clock';
import { readConfig } from '~/platform/config';
import { describeError } from '~/platform/errors';
import { migrateDatabase } from '~db/client';
import { DIALECT } from '~db/dialect';

/**
 * Without the former database, only the operator may know which accounts were deleted since the
 * backup.
 */
const UNKNOWN_ERASURES =
  'There was no readable database to learn from who deleted their account since that backup: ' +
  'delete such accounts again with "user delete HANDLE".';

/** Commands for maintaining the database and the machine. */
export function registerUpkeepCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the newest schema; repeating it changes nothing')
    .action(async () => {
      await migrateDatabase(readConfig(process.env).databaseUrl, MIGRATIONS);
      console.log('The database is at the newest schema.');
    });

  program
    .command('backup')
    .description('copy the database to a file while the site runs, and check the copy')
    .argument('<file>', 'must not exist yet')
    .action((file: string) =>
      withApp(async (app) => {
        await backup(app, file);
        console.log(
          `Backed up to ${file}. Keep it for ${BACKUP_DAYS} days at most, as /privacy says.`,
        );
      }),
    );

  program
    .command('restore')
    .description('put a backup in the place of the database; what was there is kept beside it')
    .argument('<file>', 'a file that backup wrote')
    .action(async (file: string) => {
      const { databaseUrl } = readConfig(process.env);
      if (DIALECT === 'postgresql') {
        throw new Error('DATABASE_URL is PostgreSQL: restore with pg_restore, see docs/running.md');
      }
      const erased = await erasuresIn(databaseUrl);
      const kept = await restore(file, databaseUrl, systemClock.now());
      console.log(`Restored ${file}.${kept ? ` The former database is ${kept}.` : ''}`);
      await withApp(async (app) => {
        const repeated = await repeatErasures(app, erased ?? []);
        if (repeated > 0) console.log(`Accounts deleted again, as since that backup: ${repeated}.`);
        if (erased === null) console.log(UNKNOWN_ERASURES);
      });
    });

  program
    .command('reindex')
    .description('take every post and digest into the search index anew, while the site runs')
    .action(() =>
      withApp(async (app) => {
        const { posts, digests, errors } = await rebuildIndex(app);
        console.log(`Indexed ${posts} posts and ${digests} digests.`);
        for (const error of errors) console.error(`Not indexed: ${describeError(error)}`);
        if (errors.length > 0) process.exitCode = 1;
      }),
    );

  program
    .command('doctor')
    .description('check configuration, database, mail, disk and jobs; not 0 if something is wrong')
    .option('--json', 'print the findings as JSON')
    .action((options: { json?: boolean }) =>
      withApp(async (app) => {
        const findings = await examine(app);
        const width = Math.max(...findings.map(({ check }) => check.length));
        const lines = findings.map(
          ({ check, ok, detail }) =>
            `${ok ? 'ok     ' : 'WRONG  '} ${check.padEnd(width)} ${detail}`,
        );
        print(options, findings, lines.join('\n'));
        if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
      }),
    );
}
