import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { MESSAGES } from '~/cli/paths';
import { CommandError, print } from '~/cli/run';
import type { Catalogue } from '~/platform/i18n/po-file';
import { readLanguage } from '~/platform/languages/tags';

/** Only these commands load the library. */
const poFiles = () => import('~/platform/i18n/po-file');

/** Commands for translators: the messages of the interface as PO files, and back. */
export function registerMessages(program: Command): void {
  const messages = program
    .command('messages')
    .description('exchange the messages of the interface with the tools of translators (PO files)');

  messages
    .command('export')
    .description('write the messages of a language to a file; of a new one, only the English ones')
    .argument('<language>', 'its BCP 47 tag, such as fr', languageArgument)
    .argument('<file>', 'the new file; - for standard output')
    .action(async (language: string, file: string) => {
      const { toPo } = await poFiles();
      const text = toPo(language, readCatalogue('en'), readCatalogue(language));
      if (file === '-') process.stdout.write(text);
      else writeFileSync(file, text);
    });

  messages
    .command('import')
    .description('take over the translations of a file, all of them or none')
    .argument('<language>', 'its BCP 47 tag, such as fr', languageArgument)
    .argument('<file>', 'a file written by export; - for standard input')
    .option('--json', 'print the result as JSON')
    .action(async (language: string, file: string, options: { json?: boolean }) => {
      const { faultsOf, fromPo } = await poFiles();
      const english = readCatalogue('en');
      const known = readCatalogue(language);
      const read = fromPo(readFileSync(file === '-' ? 0 : file));
      if (!read) throw new CommandError(`${file}: this is not a PO file in UTF-8`);
      if (read.language && readLanguage(read.language) !== language) {
        throw new CommandError(`${file}: this file is in “${read.language}”, not “${language}”`);
      }
      const faults = faultsOf(read.translations, english, language);
      for (const fault of faults) console.error(fault);
      if (faults.length > 0) throw new CommandError(`${file}: nothing was imported`);
      const done = { imported: 0, missing: 0 };
      mkdirSync(join(MESSAGES, language), { recursive: true });
      for (const [name, originals] of english) {
        const before = known.get(name) ?? {};
        const texts = Object.keys(originals).flatMap((key) => {
          const text = read.translations.get(key)?.text ?? before[key];
          if (text === undefined) done.missing += 1;
          else if (text !== before[key]) done.imported += 1;
          return text === undefined ? [] : [[key, text]];
        });
        const json = JSON.stringify(Object.fromEntries(texts), null, 2);
        writeFileSync(join(MESSAGES, language, name), `${json}\n`);
      }
      print(options, done, `${done.imported} imported, ${done.missing} missing`);
    });
}

/** @throws CommandError for English, of which all others are translations, and for what is no language */
function languageArgument(text: string): string {
  const language = readLanguage(text);
  if (!language || language.startsWith('en')) {
    throw new CommandError(`${text}: give the BCP 47 tag of a language other than English`);
  }
  return language;
}

function readCatalogue(language: string): Catalogue {
  const folder = join(MESSAGES, language);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(
    names
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
  );
}
