import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import type { Role } from '../../../db/schema/people';
import { type Account, createUser, ROLES, setRole } from '../../people/accounts';
import { forgetFactors } from '../../people/authenticator';
import { print, withSite } from '../run';

/** Commands about people. */
export function registerUserCommands(program: Command): void {
  const user = program.command('user').description('accounts of people');

  user
    .command('create')
    .description('make an account that is confirmed already')
    .requiredOption('--email <address>', 'where its mails go')
    .requiredOption('--handle <handle>', 'the public name, 3 to 30 characters')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('member'))
    .option('--password-stdin', 'read the password from standard input; without it none is set')
    .option('--json', 'print the account as JSON')
    .action(async ({ email, handle, role, passwordStdin, json }: CreateOptions) => {
      const password = passwordStdin ? await readPassword() : null;
      await withSite(async (site) => {
        const account = await createUser(site, { email, handle, password, role });
        const next = `It has no password: one is set at ${site.config.origin}/reset.`;
        const made = `Made the account ${account.handle} (${account.role}).`;
        print({ json }, shown(account), password === null ? `${made} ${next}` : made);
      });
    });

  user
    .command('role')
    .description('change what a person may do')
    .argument('<handle>')
    .argument('<role>', ROLES.join(', '))
    .option('--json', 'print the account as JSON')
    .action((handle: string, role: string, options: { json?: boolean }) =>
      withSite(async (site) => {
        const account = await site.db.write((tx) => setRole(tx, site.clock, handle, role));
        print(options, shown(account), `${account.handle} is now ${account.role}.`);
      }),
    );

  user
    .command('forget-factors')
    .description('remove app, recovery codes and passkeys of somebody who has lost them')
    .argument('<handle>')
    .option('--json', 'print the account as JSON')
    .action((handle: string, options: { json?: boolean }) =>
      withSite(async (site) => {
        const account = await site.db.write((tx) => forgetFactors(tx, site, handle));
        print(options, shown(account), `${account.handle} logs in without a second factor.`);
      }),
    );
}

interface CreateOptions {
  email: string;
  handle: string;
  role: Role;
  passwordStdin?: boolean;
  json?: boolean;
}

/** Everything up to the end of the input, without the line end that `echo` adds. */
async function readPassword(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

function shown({ id, handle, email, role }: Account) {
  return { id, handle, email, role };
}
