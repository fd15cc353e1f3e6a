import type { Command } from 'commander';
import { openApp } from '~/cli/compose';
import { MIGRATIONS } from '~/cli/paths';
import { print, withApp } from '~/cli/run';
import { backup, beginRestore, beginRestoreOnServer } from '~/domain/ops/backup';
import { BACKUP_DAYS } from '~/domain/ops/backup-days';
import { examine, type Finding } from '~/domain/ops/doctor';
import { rebuildIndex } from '~/domain/ops/rebuild-search-index';
import { followUp, readFormer } from '~/domain/ops/restore';
import { systemClock } from '~/platform/clock';
import { ConfigError, readConfig } from '~/platform/config';
import { describeError, lineForOperator } from '~/platform/errors';
import { migrateDatabase } from '~db/client';
import { DIALECT } from '~db/dialect';

/** Without the former database, only the operator may know which accounts were deleted since. */
const UNKNOWN_ERASURES =
  'No readable database shows who deleted their account since that backup. ' +
  'Delete these accounts again with "user delete HANDLE".';

/** The former database is older than the backup, or of another site. */
const NOT_LATER =
  'The former database does not continue that backup, so nothing else was carried over from it.';

/** Commands for maintaining the database and the machine. */
export function registerOpsCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the newest schema; running it again changes nothing')
    .action(async () => {
      await migrateDatabase(readConfig(process.env).databaseUrl, MIGRATIONS);
      console.log('The database is at the newest schema.');
    });

  program
    .command('backup')
    .description('copy the database to a file while the site runs, and check the copy')
    .argument('<file>', 'the new file; it must not exist yet')
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
    .description('replace the database by a backup; the former database is kept beside it')
    .argument(
      '<backup>',
      'a file written by backup; on PostgreSQL, the URL of a database filled by pg_restore',
    )
    .option(
      '--only-deletions',
      'repeat only deletions of accounts, and nothing else that people ended since that backup: for when the present database is itself wrong',
    )
    .action(restoreBackup);

  program
    .command('reindex')
    .description('rebuild the search index of all posts and digests, while the site runs')
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
    .description(
      'check configuration, database, email, disk and jobs; the exit code is 0 only if all are well',
    )
    .option('--json', 'print the findings as JSON')
    .option(
      '--recount',
      'also count all kept figures anew from the posts, and mend those that differ; stop the site first',
    )
    .action((options: { json?: boolean; recount?: boolean }) =>
      withApp((app) => examine(app, options))
        .catch((error: unknown): Finding[] => {
          if (error instanceof ConfigError) throw error;
          // For example, the database is newer than this program.
          return [{ check: 'database', ok: false, detail: lineForOperator(error) }];
        })
        .then((findings) => {
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

async function restoreBackup(source: string, options: { onlyDeletions?: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const onServer = DIALECT === 'postgresql';
  const begin = onServer ? beginRestoreOnServer : beginRestore;
  const incoming = begin(source, config.databaseUrl);
  try {
    const databaseUrl = incoming.url;
    await migrateDatabase(databaseUrl, MIGRATIONS);
    const former = await readFormer(incoming, options);
    const app = await openApp({ ...config, databaseUrl }, systemClock);
    const deleted = await followUp(app, former).finally(() => app.close());
    const kept = incoming.putInPlace(systemClock.now());
    console.log(
      onServer
        ? 'The restored database is ready: set DATABASE_URL to its URL and start the server.'
        : `Restored ${source}.${kept ? ` The former database is ${kept}.` : ''}`,
    );
    if (deleted > 0)
      console.log(`Accounts deleted since that backup, and now deleted again: ${deleted}.`);
    const { carried, erasures } = former;
    const counts = carried?.counts.map(({ what, rows }) => `  ${rows} ${what}`) ?? [];
    if (counts.length > 0)
      console.log(['Ended since that backup, and now ended again:', ...counts].join('\n'));
    if (erasures === null) console.log(UNKNOWN_ERASURES);
    else if (!carried && !options.onlyDeletions) console.log(NOT_LATER);
  } finally {
    incoming.discard();
  }
}
