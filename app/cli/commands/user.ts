import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { print, withApp } from '~/cli/run';
import { claimAccount } from '~/domain/accounts/auth/claim-account';
import { createUser } from '~/domain/accounts/auth/create-user';
import { forgetFactors } from '~/domain/accounts/auth/totp';
import { eraseAccount } from '~/domain/accounts/privacy/erase-account';
import { type Account, existingPerson, ROLES, setRole } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import type { Role } from '~db/schema/people';

/** Commands for user accounts. */
export function registerUserCommands(program: Command): void {
  const user = program.command('user').description('manage accounts');

  user
    .command('create')
    .description('create a confirmed account')
    .requiredOption('--email <address>', 'its email address')
    .requiredOption('--handle <handle>', 'the public name, 3 to 30 characters')
    .addOption(new Option('--role <role>', 'its role').choices(ROLES).default('member'))
    .option(
      '--password-stdin',
      'read the password from standard input; without this option, no password is set',
    )
    .option('--json', 'print the account as JSON')
    .action(async ({ email, handle, role, passwordStdin, json }: CreateOptions) => {
      const password = passwordStdin ? await readPassword() : null;
      await withApp(async (app) => {
        const account = await createUser(app, { email, handle, password, role });
        const next = `It has no password: set one at ${app.config.origin}${pathTo('/reset')}.`;
        const made = `Created the account ${account.handle} (${account.role}).`;
        print({ json }, shown(account), password === null ? `${made} ${next}` : made);
      });
    });

  user
    .command('role')
    .description("change a person's role")
    .argument('<handle>')
    .argument('<role>', ROLES.join(', '))
    .option('--json', 'print the account as JSON')
    .action((handle: string, role: string, options: { json?: boolean }) =>
      withApp(async (app) => {
        const account = await app.db.write((tx) => setRole(tx, app.clock, handle, role));
        print(options, shown(account), `${account.handle} is now ${account.role}.`);
      }),
    );

  user
    .command('forget-factors')
    .description(
      'remove the authenticator app, recovery codes and passkeys of a person who has lost them',
    )
    .argument('<handle>')
    .option('--json', 'print the account as JSON')
    .action((handle: string, options: { json?: boolean }) =>
      withApp(async (app) => {
        const account = await app.db.write((tx) => forgetFactors(tx, app, handle));
        print(options, shown(account), `${account.handle} now logs in without a second factor.`);
      }),
    );

  user
    .command('delete')
    .description('delete an account for good, as its owner can in the settings')
    .argument('<handle>')
    .option(
      '--remove-posts',
      'also remove their posts; without this option, the posts stay without a name',
    )
    .action((handle: string, { removePosts }: { removePosts?: boolean }) =>
      withApp(async (app) => {
        const account = await existingPerson(app.db.reader, handle);
        const words = removePosts ? 'remove' : 'keep';
        await app.db.write((tx) => eraseAccount(tx, app, account.id, words));
        console.log(
          `Deleted ${account.handle}; their posts are ${removePosts ? 'removed' : 'kept without a name'}.`,
        );
      }),
    );

  user
    .command('claim')
    .description('give an imported account to its owner, who then sets a password')
    .argument('<handle>')
    .requiredOption('--email <address>', "the owner's email address; make sure that it is theirs")
    .option('--json', 'print the account as JSON')
    .action((handle: string, { email, json }: { email: string; json?: boolean }) =>
      withApp(async (app) => {
        const account = await claimAccount(app, handle, email);
        const next = `We emailed a link to ${account.email}, to set a password.`;
        print({ json }, shown(account), `${account.handle} is claimed. ${next}`);
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

/** Reads standard input to its end, without the line end that `echo` adds. */
async function readPassword(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

function shown({ id, handle, email, role }: Account) {
  return { id, handle, email, role };
}
