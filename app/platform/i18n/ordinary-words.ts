import type { Locale } from './locales';
import { messages as ar } from './messages/ar';
import { messages as en } from './messages/en';
import { messages as fr } from './messages/fr';

const catalogues: Record<Locale, Record<string, string>> = { en, fr, ar };
const known = new Map<Locale, ReadonlySet<string>>();

/**
 * The words that the interface itself uses in a language, as far as it writes them in lower case:
 * several thousand of which it is certain that they are no names.
 */
export function ordinaryWords(locale: Locale): ReadonlySet<string> {
  const found = known.get(locale) ?? collect(catalogues[locale]);
  known.set(locale, found);
  return found;
}

function collect(catalogue: Record<string, string>): Set<string> {
  const words = new Set<string>();
  for (const message of Object.values(catalogue)) {
    for (const [word] of message.normalize('NFC').matchAll(/\p{L}[\p{L}\p{M}]*/gu)) {
      if (word === word.toLowerCase()) words.add(word);
    }
  }
  return words;
}
