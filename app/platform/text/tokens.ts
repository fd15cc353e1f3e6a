import { LRUCache } from 'lru-cache';
import { fold } from './fold';

/** A word, or one character of a script without spaces, as indexed, with its position. */
export interface Token {
  folded: string;
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
}

/** Apostrophes that Unicode calls letters; people type any of the others for them (`oʻzbek`, `o'zbek`). */
export const LETTER_APOSTROPHES = 'ʻʼ';

/** A run of letters, digits and marks. In Hebrew, quotation marks are part of acronyms. */
const RUN = new RegExp(
  `(?:[[\\p{L}\\p{N}\\p{M}\\p{Default_Ignorable_Code_Point}]--[${LETTER_APOSTROPHES}]]|(?<=\\p{Script=Hebrew})["'״׳](?=\\p{Script=Hebrew}))+`,
  'gv',
);

/**
 * Scripts that are indexed by character, because they have no spaces between words. Hangul has
 * spaces, but compounds and particles join its words, and each syllable is distinctive enough to be
 * searched alone.
 */
const SPACELESS = [
  ...['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul', 'Yi'],
  ...['Thai', 'Lao', 'Khmer', 'Myanmar', 'Tai_Tham', 'Tai_Le', 'New_Tai_Lue', 'Tai_Viet'],
  ...['Javanese', 'Balinese'],
];
// Marks without a script of their own belong to the character before them.
const OF_SPACELESS = `[${SPACELESS.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]`;
const STARTS_SPACELESS = new RegExp(`^${OF_SPACELESS}`, 'u');
const SPACELESS_PART = new RegExp(
  `(?:(?=\\p{L}|\\p{N})${OF_SPACELESS}(?:\\p{M}|\\p{Default_Ignorable_Code_Point})*)+`,
  'gu',
);

/**
 * A character with all its marks: the extended grapheme clusters of UAX 29 as far as these scripts
 * use them. `Intl.Segmenter` is not used: its time grows with the square of the length (a second
 * for 20,000 characters), and its results change between versions while an index stays the same.
 */
const CLUSTER =
  /[^\p{M}\p{Default_Ignorable_Code_Point}](?:[\p{M}\p{Default_Ignorable_Code_Point}\u0e33\u0eb3\uff9e\uff9f\u1160-\u11ff])*/gu;

const words = new Intl.Segmenter('und', { granularity: 'word' });

/** A part of a run: characters of a script without spaces, or a word of another script. */
interface Part {
  text: string;
  start: number;
  spaceless: boolean;
}

/**
 * Returns the tokens of a text in order. In scripts with spaces every word is a token; in scripts
 * without spaces every character is one. Such words are found as a phrase of characters, whatever
 * their length and independent of any dictionary.
 */
export function tokenize(text: string): Token[] {
  return partsOf(text).flatMap(tokensOfPart);
}

/** Returns the tokens of a text as they are compared: folded, in order. */
export function foldedTokens(text: string): string[] {
  return tokenize(text).map(({ folded }) => folded);
}

/**
 * Returns the words of a text, each as a list of tokens (a phrase). Words of scripts without spaces
 * are found by the dictionaries of `Intl.Segmenter`; this is used for search terms only, never for
 * the index.
 */
export function wordsOf(text: string): Token[][] {
  return partsOf(text)
    .flatMap((part) => (part.spaceless ? wordsOfPart(part) : [part]))
    .map(tokensOfPart)
    .filter((tokens) => tokens.length > 0);
}

/** True if a token is a character of a script without spaces. */
export function isSpaceless(token: string): boolean {
  return STARTS_SPACELESS.test(token);
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  for (const run of text.matchAll(RUN)) {
    let at = 0;
    const add = (to: number, spaceless: boolean) => {
      if (to > at) parts.push({ text: run[0].slice(at, to), start: run.index + at, spaceless });
      at = to;
    };
    for (const part of run[0].matchAll(SPACELESS_PART)) {
      add(part.index, false);
      add(part.index + part[0].length, true);
    }
    add(run[0].length, false);
  }
  return parts;
}

function wordsOfPart(part: Part): Part[] {
  return [...words.segment(part.text)].map(({ segment, index }) => ({
    text: segment,
    start: part.start + index,
    spaceless: true,
  }));
}

function tokensOfPart({ text, start, spaceless }: Part): Token[] {
  if (!spaceless) return folded(text, start);
  return [...text.matchAll(CLUSTER)].flatMap((match) => folded(match[0], start + match.index));
}

function folded(text: string, start: number): Token[] {
  const token = { folded: foldOnce(text), start, end: start + text.length };
  return token.folded === '' ? [] : [token];
}

/** Cached because texts repeat words and characters, and folding takes some microseconds. */
function foldOnce(text: string): string {
  const known = knownFolds.get(text);
  if (known !== undefined) return known;
  const made = fold(text);
  if (text.length <= 24) knownFolds.set(text, made);
  return made;
}

const knownFolds = new LRUCache<string, string>({ max: 10_000 });
