import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DEFAULT_LOCALE, type Locale } from './locales';
import { messages as english } from './messages/en';

/** As the source names it, and as a program in `build/` does. */
const FOLDER = ['./messages/', '../app/platform/i18n/messages/']
  .map((path) => new URL(path, import.meta.url))
  .find((folder) => existsSync(folder));

const languages = new Map<Locale, Readonly<Record<string, string>>>([[DEFAULT_LOCALE, english]]);

/**
 * Returns the messages of a language by key. Those of other languages than English are read when they
 * are first needed: at every start they would take a tenth of its time, and memory for ten languages.
 */
export function messagesOf(locale: Locale): Readonly<Record<string, string>> {
  const known = languages.get(locale) ?? readMessages(new URL(`${locale}/`, FOLDER));
  languages.set(locale, known);
  return known;
}

function readMessages(folder: URL): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.assign(
    {},
    ...names.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
  );
}
