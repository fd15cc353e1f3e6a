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
      'run every background job once, now: send email, draft digests, delete what has expired',
    )
    .addHelpText(
      'after',
      '\nThe exit code is 0 only if every job succeeded. A failed job does not stop the others.',
    )
    .option('--json', 'print the outcome as JSON')
    .action((options: Options) =>
      withApp(async (app) => {
        const results = await runAllJobs(app, { signal: stopSignal() });
        const mail = deliveryOf(results);
        const failed = results.flatMap(({ name, error }) => (error ? [{ name, error }] : []));
        const elsewhere = results.flatMap((result) => (result.elsewhere ? [result.name] : []));
        const lines = [
          `Email: ${mail.sent} sent, ${mail.failed} failed, ${mail.waiting} waiting`,
          ...elsewhere.map((name) => `Running in another process: ${name}`),
          ...failed.map(({ name, error }) => `FAILED ${name}: ${error}`),
        ];
        print(options, { mail, elsewhere, failed }, lines.join('\n'));
        if (failed.length > 0) process.exitCode = 1;
      }),
    );
}
