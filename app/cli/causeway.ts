import { Command } from 'commander';
import { DomainError, lineForOperator } from '~/platform/errors';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { registerCommunityCommands } from './commands/community';
import { registerCopy } from './commands/copy';
import { registerDataCommands } from './commands/data';
import { registerDigestCommands } from './commands/digest';
import { registerEvaluate } from './commands/evaluate';
import { registerMessages } from './commands/messages';
import { registerOpsCommands } from './commands/ops';
import { registerPractice } from './commands/practice';
import { registerUserCommands } from './commands/user';
import { registerWork } from './commands/work';
import { requireSupportedNode } from './node.mjs';

requireSupportedNode();
// Database, backups and exports are readable by this user only.
process.umask(0o077);

/** The operator's commands: one file per group, in the order of the help text. */
const program = new Command('causeway')
  .description('Run and maintain a Causeway site')
  .showHelpAfterError('(--help shows how to use a command)');

registerOpsCommands(program);
registerCopy(program);
registerDataCommands(program);
registerCommunityCommands(program);
registerUserCommands(program);
registerDigestCommands(program);
registerPractice(program);
registerWork(program);
registerEvaluate(program);
registerMessages(program);

process.on('uncaughtException', (error) => {
  console.error(lineOf(error));
  process.exit(1);
});
program.parseAsync().catch((error: unknown) => {
  // One clear line for the operator; a stack trace would only hide it.
  console.error(lineOf(error));
  process.exitCode = 1;
});

function lineOf(error: unknown): string {
  if (error instanceof DomainError) {
    return translator(DEFAULT_LOCALE).t(error.key, error.options.values);
  }
  return lineForOperator(error);
}
