import type { Locale } from './locales';
import { messagesOf } from './read-messages';

const known = new Map<Locale, ReadonlySet<string>>();

/** Returns all lower-case words of a language's messages: words that are certainly no names. */
export function ordinaryWords(locale: Locale): ReadonlySet<string> {
  const found = known.get(locale) ?? collect(messagesOf(locale));
  known.set(locale, found);
  return found;
}

function collect(catalogue: Readonly<Record<string, string>>): Set<string> {
  const words = new Set<string>();
  for (const message of Object.values(catalogue)) {
    for (const [word] of message.normalize('NFC').matchAll(/\p{L}[\p{L}\p{M}]*/gu)) {
      if (word === word.toLowerCase()) words.add(word);
    }
  }
  return words;
}
