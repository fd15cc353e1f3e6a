import type { Command } from 'commander';
import { print, withApp } from '~/cli/run';
import { fillPractice } from '~/domain/moderation/training/training';
import { pathTo } from '~/platform/paths';

/** `causeway practice`: creates practice cases for new moderators. */
export function registerPractice(program: Command): void {
  program
    .command('practice')
    .description('fill the practice queue with made-up cases, which are never public')
    .option('--json', 'print the outcome as JSON')
    .action((options: { json?: boolean }) =>
      withApp(async (app) => {
        const filled = await app.db.write(fillPractice);
        const where = app.config.origin + pathTo('/mod/practice');
        print(options, filled, `${filled.cases} practice cases are at ${where}`);
      }),
    );
}
