import { buffer } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { readInput } from '~/cli/files';
import { CommandError, print, stopSignal, withApp } from '~/cli/run';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { digestPath } from '~/domain/digests/present';
import { takeBounce } from '~/domain/subscriptions/refusals';
import { sendDueDigests } from '~/jobs/mail';
import { DomainError, describeError } from '~/platform/errors';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { countWaiting } from '~/platform/mail/deliver';
import { pathTo } from '~/platform/paths';

interface BuildOptions {
  scope: string;
  pillar?: string;
  conversation?: string;
  period: string;
  json?: boolean;
}

/** Commands for digests: drafting, publishing and emailing. */
export function registerDigestCommands(program: Command): void {
  const digest = program.command('digest').description('digests of barriers, by place and period');

  digest
    .command('build')
    .description('count and quote posts into a draft; building again replaces the draft')
    .requiredOption('--scope <code>', 'world, a UN M49 region such as 011, or a country such as NG')
    .requiredOption('--period <period>', 'a month 2026-10, a week 2026-W44 or a quarter 2026-Q4')
    .option('--pillar <slug>', 'only posts on this topic, such as education')
    .addOption(
      new Option('--conversation <slug>', 'only posts in it: the end of its URL').conflicts(
        'pillar',
      ),
    )
    .option('--json', 'print the draft as JSON')
    .action(({ scope, pillar, conversation, period, json }: BuildOptions) =>
      withApp(async (app) => {
        const about = conversation === undefined ? pillar : `c~${conversation}`;
        const topic = about === undefined ? scope : `${scope}~${about}`;
        const draft = await buildDigest(app, topic, period);
        const place = app.config.origin + pathTo('/mod/digests/:id', { id: draft.id });
        print({ json }, draft, `Draft ${draft.id} (version ${draft.version}): ${place}`);
      }),
    );

  digest
    .command('publish')
    .description('publish a draft, after checking every source and personal details again')
    .argument('<id>', 'the id printed by build')
    .option('--json', 'print where it is as JSON')
    .action((id: string, options: { json?: boolean }) =>
      withApp(async (app) => {
        const { scope, period, version } = await publishDigest(app, id, null).catch((error) => {
          throw withLinks(error, app.config.origin + pathTo('/mod/digests/:id', { id }));
        });
        const url = app.config.origin + digestPath(scope, period.id);
        print(options, { id, scope, period: period.id, version, url }, `Published: ${url}`);
      }),
    );

  digest
    .command('send')
    .description('email the published digests that are due to their subscribers')
    .addHelpText(
      'after',
      '\nProgress goes to standard error. You can stop it at any time: the next run continues.',
    )
    .option('--json', 'print the outcome as JSON')
    .action((options: { json?: boolean }) =>
      withApp(async (app) => {
        const before = await countWaiting(app.db.reader);
        let all = before;
        const { queued, held, open, ...mail } = await sendDueDigests(app, {
          signal: stopSignal(),
          onQueued: ({ mails }) => {
            all = before + mails;
            console.error(`  ${mails} emails queued, ${all} to send`);
          },
          onError: (error) => {
            console.error(`  not sent: ${describeError(error)}`);
            process.exitCode = 1;
          },
          onSent: (sent) => {
            if (sent % 100 === 0 || sent === all) console.error(`  ${sent} of ${all} sent`);
          },
        });
        const { sent, failed, waiting } = mail;
        const drafts =
          held > 0 ? `; ${held} readers are waiting for drafts of the same period` : '';
        const objections =
          open > 0
            ? `; ${open} digests are waiting until quoted authors have had time to object`
            : '';
        print(
          options,
          { queued, held, open, mail },
          `Email: ${queued} digests queued; ${sent} sent, ${failed} failed, ${waiting} waiting${drafts}${objections}`,
        );
      }),
    );

  digest
    .command('bounce')
    .description('read bounced emails, and stop digests to email addresses that do not exist')
    .argument(
      '[files...]',
      'bounce messages, one in each file; without files, reads one from standard input',
    )
    .addHelpText(
      'after',
      '\nMake the mail server pipe email for the address in MAIL_FROM to this command.' +
        '\nIt understands delivery reports (RFC 3464) and the wording of common servers.',
    )
    .option('--json', 'print the outcome as JSON')
    .action((files: string[], options: { json?: boolean }) =>
      withApp(async (app) => {
        const messages =
          files.length > 0 ? files.map((file) => readInput(file)) : [await buffer(process.stdin)];
        const found = { read: messages.length, recorded: 0, stopped: 0 };
        for (const message of messages) {
          const outcome = await takeBounce(app, message);
          if (outcome) found[outcome] += 1;
        }
        const { read, recorded, stopped } = found;
        print(
          options,
          found,
          `Bounces: ${read} read, ${recorded} recorded, ${stopped} addresses stopped`,
        );
      }),
    );
}

/** Adds to a refusal where each of its fields is at the desk. */
function withLinks(error: unknown, desk: string): unknown {
  if (!(error instanceof DomainError) || !error.options.fields) return error;
  const { key, options } = error;
  const links = Object.keys(error.options.fields).map((anchor) => `${desk}#${anchor}`);
  const line = translator(DEFAULT_LOCALE).t(key, options.values);
  return new CommandError([line, ...links].join(' '));
}
