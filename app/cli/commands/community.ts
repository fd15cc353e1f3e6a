import type { Command } from 'commander';
import { readInput, writeOutput } from '~/cli/files';
import { CommandError, print, withApp } from '~/cli/run';
import { changeSettings } from '~/domain/administration/settings';
import { communityFile, fileOf, importCommunity, skosOf } from '~/domain/community/community-file';
import { siteAccount } from '~/domain/import-export/site-account';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { offersDefault } from '~/platform/site-settings';

/** Commands that move a community: vocabularies, texts and settings, no people and no posts. */
export function registerCommunityCommands(program: Command): void {
  const community = program
    .command('community')
    .description('move topics, kinds, glossary, rules, texts and settings from site to site');

  community
    .command('export')
    .description('write them to a file (JSON, described by docs/community.schema.json)')
    .argument('<file>', 'the new file; - for standard output')
    .option('--skos', 'as SKOS concept schemes (JSON-LD), for other programs')
    .action((file: string, { skos }: { skos?: boolean }) =>
      withApp(async ({ community, config }) => {
        const data = skos ? skosOf(community, config.origin) : fileOf(community);
        const text = `${JSON.stringify(data, null, 2)}\n`;
        writeOutput(file, text);
      }),
    );

  community
    .command('import')
    .description('take them over from a file; what it does not have is retired, and posts keep it')
    .argument('<file>', 'a file written by export; - for standard input')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: { json?: boolean }) =>
      withApp(async (app) => {
        const read = communityFile.safeParse(parse(readInput(file).toString()));
        if (!read.success) {
          const [issue] = read.error.issues;
          // The rules of settings say what is wrong by keys of messages, for the field of a form.
          const fault = /^[a-z]+\.[\w.-]+$/i.test(issue?.message ?? '')
            ? 'is not valid'
            : issue?.message;
          const said = [issue?.path.join('.'), fault].filter(Boolean);
          throw new CommandError(`${file}: ${said.join(' ')}`);
        }
        const reason = translator(DEFAULT_LOCALE).t('community.imported');
        const { settings } = read.data;
        if (settings && !offersDefault({ ...app.community.settings, ...settings })) {
          throw new CommandError(`${file}: settings.defaultLanguage is not among the languages`);
        }
        const done = await app.db.write(async (tx) => {
          const report = await importCommunity(tx, app, read.data, reason);
          if (!settings) return report;
          const by = await siteAccount(tx, app.clock, app.community.settings.siteName);
          const changed = await changeSettings(tx, app.clock, by, settings);
          return { ...report, changed: report.changed + Number(changed) };
        });
        const { added, changed, retired } = done;
        print(options, done, `${added} added, ${changed} changed, ${retired} retired`);
      }),
    );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError('the file is not JSON');
  }
}
