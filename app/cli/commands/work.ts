import type { Command } from 'commander';
import { print, withApp } from '~/cli/run';
import { runDueJobs } from '~/jobs/run-due-jobs';

interface Options {
  json?: boolean;
}

/** `causeway work`: what the server does in the background, once and now. */
export function registerWork(program: Command): void {
  program
    .command('work')
    .description('Run due background work once: send mail, clear what has run out')
    .option('--json', 'print the outcome as JSON')
    .action(async (options: Options) => {
      const { sent, failed, waiting } = await withApp(runDueJobs);
      const sentence = `Mail: ${sent} sent, ${failed} given up, ${waiting} waiting`;
      print(options, { mail: { sent, failed, waiting } }, sentence);
    });
}
