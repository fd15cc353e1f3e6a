import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readInput, writeOutput } from '~/cli/files';
import { MESSAGES } from '~/cli/paths';
import { CommandError, print } from '~/cli/run';
import type { Catalogue, PoFault } from '~/platform/i18n/po-file';
import { languageNames } from '~/platform/languages/names';
import { readLanguage } from '~/platform/languages/tags';

const FAULTS: Record<PoFault, string> = {
  empty: 'this file is empty',
  format: 'this is not a PO file',
  encoding:
    'this file is not in the encoding that it names, or in UTF-8 if it names none: save it in UTF-8',
};

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
      writeOutput(file, toPo(language, readCatalogue('en'), readCatalogue(language)));
    });

  messages
    .command('import')
    .description('take over the translations of a file, all of them or none')
    .argument('<language>', 'its BCP 47 tag, such as fr', languageArgument)
    .argument('<file>', 'a file written by export; - for standard input')
    .option('--json', 'print the result as JSON')
    .action(async (language: string, file: string, options: { json?: boolean }) => {
      const { faultsOf, fromPo, mergeTranslations } = await poFiles();
      const english = readCatalogue('en');
      const read = fromPo(readInput(file));
      if (typeof read === 'string') throw new CommandError(`${file}: ${FAULTS[read]}`);
      if (read.language && readLanguage(read.language) !== language) {
        throw new CommandError(`${file}: this file is in “${read.language}”, not “${language}”`);
      }
      const faults = faultsOf(read.translations, english, language);
      for (const fault of faults) console.error(fault);
      if (faults.length > 0) throw new CommandError(`${file}: nothing was imported`);
      const merged = mergeTranslations(english, readCatalogue(language), read.translations);
      const { files, ...done } = merged;
      mkdirSync(join(MESSAGES, language), { recursive: true });
      for (const [name, text] of files) writeFileSync(join(MESSAGES, language, name), text);
      print(options, done, `${done.imported} imported, ${done.missing} missing`);
    });
}

/** @throws CommandError for English, of which all others are translations, and for what is no language */
function languageArgument(text: string): string {
  const language = readLanguage(text);
  if (!language || language.split('-', 1)[0] === 'en') {
    throw new CommandError(`${text}: give the BCP 47 tag of a language other than English`);
  }
  if (!isNamed(language)) {
    throw new CommandError(`${text}: no language has this BCP 47 tag; French has “fr”`);
  }
  return language;
}

/** CLDR does not name every language with three letters; those with two, it does. */
function isNamed(language: string): boolean {
  const [primary = ''] = language.split('-', 1);
  return primary.length === 3 || languageNames('en')(primary) !== primary;
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
