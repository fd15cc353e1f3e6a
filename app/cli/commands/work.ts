import type { Command } from 'commander';
import { print, stopSignal, withApp } from '~/cli/run';
import { deliveryOf, runAllJobs } from '~/jobs/run-jobs';

interface Options {
  json?: boolean;
}

/** `causeway work`: runs all background jobs once, immediately. */
export function registerWork(program: Command): void {
  program
    .command('work')
    .description(
      'run every background job once, now: send mail, draft digests, clear what has run out',
    )
    .addHelpText(
      'after',
      '\nEnds with another code than 0 when a job failed; the others are run all the same.',
    )
    .option('--json', 'print the outcome as JSON')
    .action((options: Options) =>
      withApp(async (app) => {
        const results = await runAllJobs(app, { signal: stopSignal() });
        const mail = deliveryOf(results);
        const failed = results.flatMap(({ name, error }) => (error ? [{ name, error }] : []));
        const elsewhere = results.flatMap((result) => (result.elsewhere ? [result.name] : []));
        const lines = [
          `Mail: ${mail.sent} sent, ${mail.failed} given up, ${mail.waiting} waiting`,
          ...elsewhere.map((name) => `Left to another process: ${name}`),
          ...failed.map(({ name, error }) => `FAILED ${name}: ${error}`),
        ];
        print(options, { mail, elsewhere, failed }, lines.join('\n'));
        if (failed.length > 0) process.exitCode = 1;
      }),
    );
}
