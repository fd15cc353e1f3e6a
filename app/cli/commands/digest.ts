import type { Command } from 'commander';
import { sendDueDigests } from '../../background/work';
import { buildDigest, publishDigest } from '../../digests/digests';
import { digestPath } from '../../digests/present';
import { print, withSite } from '../run';

/** Commands about digests: a draft, its publication, its mails. */
export function registerDigestCommands(program: Command): void {
  const digest = program.command('digest').description('digests of barriers, by place and period');

  digest
    .command('build')
    .description('count and quote what was said into a draft; building again replaces the draft')
    .requiredOption('--scope <code>', 'world, a UN M49 region such as 011, or a country such as NG')
    .requiredOption('--period <period>', 'a month 2026-10, a week 2026-W44 or a quarter 2026-Q4')
    .option('--json', 'print the draft as JSON')
    .action(({ scope, period, json }: { scope: string; period: string; json?: boolean }) =>
      withSite(async (site) => {
        const draft = await buildDigest(site, scope, period);
        const place = `${site.config.origin}/mod/digests/${draft.id}`;
        print({ json }, draft, `Draft ${draft.id} (version ${draft.version}): ${place}`);
      }),
    );

  digest
    .command('publish')
    .description('publish a draft; every source is checked once more')
    .argument('<id>', 'what build printed')
    .option('--json', 'print where it is as JSON')
    .action((id: string, options: { json?: boolean }) =>
      withSite(async (site) => {
        const { scope, period, version } = await publishDigest(site, id, null);
        const url = site.config.origin + digestPath(scope, period.id);
        print(options, { id, scope, period: period.id, version, url }, `Published: ${url}`);
      }),
    );

  digest
    .command('send')
    .description('mail the published digests that are due to their subscribers')
    .option('--json', 'print the outcome as JSON')
    .action((options: { json?: boolean }) =>
      withSite(async (site) => {
        const { queued, ...mail } = await sendDueDigests(site, (sent) => {
          if (sent % 100 === 0) console.error(`  ${sent} sent`);
        });
        const { sent, failed, waiting } = mail;
        print(
          options,
          { queued, mail },
          `Mail: ${queued} digests queued; ${sent} sent, ${failed} given up, ${waiting} waiting`,
        );
      }),
    );
}
