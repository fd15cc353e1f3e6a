import { foldedTokens } from '~/platform/text/tokens';
import data from '~db/seed/post-words.json';

/*
 * The words by which the parts of a post are recognised are in db/seed/post-words.json, for each
 * language. A phrase is found anywhere in a heading; `^` ties it to the beginning and `$` to the
 * end. `a|b` are alternatives, `[a|b]` may be missing, and a hyphen joins two words to one
 * alternative. Case, accents and punctuation do not matter.
 */

type Words = (typeof data)['en'];
/** What a phrase is for: the name of a section, or one of the other lists of the file. */
export type PhraseUse = Exclude<keyof Words, 'headings'>;
/** The parts of a post that stand under a heading. */
export type HeadedPart = keyof Words['headings'];

const LANGUAGES: Readonly<Record<string, Words>> = data;

/** The words for “question” before its number, as alternatives of a regular expression. */
export const QUESTION_WORDS = [
  ...new Set(Object.values(LANGUAGES).flatMap(({ question }) => question)),
]
  .sort((left, right) => right.length - left.length)
  .join('|');

interface Phrase {
  use: PhraseUse;
  atStart: boolean;
  atEnd: boolean;
}

export interface FoundPhrase {
  use: PhraseUse;
  /** Number of words before it, and its own; a Chinese character counts as a word. */
  at: number;
  length: number;
}

/** Words or, in scripts without spaces, characters of a text, folded; without its section number. */
export function nameOf(text: string): string[] {
  const tokens = foldedTokens(text);
  return /^\p{N}+$/u.test(tokens[0] ?? '') ? tokens.slice(1) : tokens;
}

/** Returns every phrase of the file that occurs in the words. */
export function phrasesIn(name: readonly string[]): FoundPhrase[] {
  const { phrases, longest } = index();
  const found: FoundPhrase[] = [];
  for (let at = 0; at < name.length; at++) {
    let key = '';
    for (let length = 1; length <= Math.min(longest, name.length - at); length++) {
      key = key ? `${key} ${name[at + length - 1]}` : (name[at] ?? '');
      for (const { use, atStart, atEnd } of phrases.get(key) ?? []) {
        if (atStart && at > 0) continue;
        if (atEnd && at + length < name.length) continue;
        found.push({ use, at, length });
      }
    }
  }
  return found;
}

/** In characters: what is said later in a longer text does not name it. */
const READ_CHARS = 1_000;

/** True if a phrase for this use occurs in the text. */
export function says(use: PhraseUse, text: string): boolean {
  return phrasesIn(nameOf(text.slice(0, READ_CHARS))).some((found) => found.use === use);
}

/** Returns the number of words with which the text begins a phrase for this use; 0 if with none. */
export function opensWith(use: PhraseUse, text: string): number {
  return phrasesIn(nameOf(text.slice(0, READ_CHARS)))
    .filter((found) => found.use === use && found.at === 0)
    .reduce((longest, { length }) => Math.max(longest, length), 0);
}

/** Returns the number of words up to the end of the last phrase for this use; 0 if there is none. */
export function endOfLast(use: PhraseUse, text: string): number {
  return phrasesIn(foldedTokens(text.slice(0, READ_CHARS)))
    .filter((found) => found.use === use)
    .reduce((end, { at, length }) => Math.max(end, at + length), 0);
}

/** Returns a part's usual headings in a language (BCP 47) and in English, as people write them. */
export function usualHeadings(part: HeadedPart, language: string): string[] {
  const own = LANGUAGES[language.split('-', 1)[0] ?? ''];
  return [...new Set([...(own?.headings[part] ?? []), ...data.en.headings[part]])];
}

/** Returns the languages whose words are known, as BCP 47 tags. */
export function wordLanguages(): string[] {
  return Object.keys(LANGUAGES);
}

let made: { phrases: Map<string, Phrase[]>; longest: number } | null = null;

/** Made at the first use: most processes never read a post. */
function index() {
  made ??= makeIndex();
  return made;
}

function makeIndex() {
  const phrases = new Map<string, Phrase[]>();
  let longest = 0;
  for (const { headings: _, ...uses } of Object.values(LANGUAGES)) {
    for (const [use, written] of Object.entries(uses) as [PhraseUse, string[]][]) {
      for (const pattern of written) {
        const phrase = { use, atStart: pattern.startsWith('^'), atEnd: pattern.endsWith('$') };
        for (const words of expand(pattern)) {
          longest = Math.max(longest, words.length);
          const key = words.join(' ');
          phrases.set(key, [...(phrases.get(key) ?? []), phrase]);
        }
      }
    }
  }
  return { phrases, longest };
}

function expand(pattern: string): string[][] {
  const parts = pattern.replace(/^\^|\$$/g, '').match(/\[[^\]]*\]|\S+/g) ?? [];
  return parts.reduce<string[][]>(
    (begun, part) => {
      const ways = part
        .replace(/^\[|\]$/g, '')
        .split('|')
        .map(foldedTokens);
      if (part.startsWith('[')) ways.push([]);
      return begun.flatMap((words) => ways.map((way) => [...words, ...way]));
    },
    [[]],
  );
}
