import { LRUCache } from 'lru-cache';
import { fold } from './fold';

/** A word, or one character of a script without spaces, as it is indexed, and where it stands. */
export interface Token {
  folded: string;
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
}

/** Letters, digits and marks with no space between. In Hebrew, quotes stand inside of acronyms. */
const RUN =
  /(?:[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}]|(?<=\p{Script=Hebrew})["'״׳](?=\p{Script=Hebrew}))+/gu;

/**
 * Scripts written without spaces between words. Hangul has spaces, but compounds and particles join
 * its words, and each syllable carries enough to be looked up alone.
 */
const SPACELESS = [
  ...['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul', 'Yi'],
  ...['Thai', 'Lao', 'Khmer', 'Myanmar', 'Tai_Tham', 'Tai_Le', 'New_Tai_Lue', 'Tai_Viet'],
  ...['Javanese', 'Balinese'],
];
// Marks of no script of their own belong to what they stand on.
const OF_SPACELESS = `[${SPACELESS.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]`;
const STARTS_SPACELESS = new RegExp(`^${OF_SPACELESS}`, 'u');
const SPACELESS_PART = new RegExp(
  `(?:(?=\\p{L}|\\p{N})${OF_SPACELESS}(?:\\p{M}|\\p{Default_Ignorable_Code_Point})*)+`,
  'gu',
);

/**
 * A character with all that is written on it: the extended grapheme clusters of UAX 29 as far as
 * these scripts have them. Not by `Intl.Segmenter`, whose time grows with the square of the length
 * (20,000 characters took it a second), and whose answers change with its version while an index
 * stays.
 */
const CLUSTER =
  /[^\p{M}\p{Default_Ignorable_Code_Point}](?:[\p{M}\p{Default_Ignorable_Code_Point}\u0e33\u0eb3\uff9e\uff9f\u1160-\u11ff])*/gu;

const words = new Intl.Segmenter('und', { granularity: 'word' });

/** A piece of a run: characters of a script without spaces, or a word of any other. */
interface Part {
  text: string;
  start: number;
  spaceless: boolean;
}

/**
 * The tokens of a text in their order. Words of scripts with spaces are tokens; where there are no
 * spaces every character is one, so that a word is found as a phrase of its
 * characters, however short it is and whatever a dictionary makes of what stands around it.
 */
export function tokenize(text: string): Token[] {
  return partsOf(text).flatMap(tokensOfPart);
}

/**
 * The words of a text, each as the tokens that it is a phrase of. Words of scripts without spaces
 * are told apart by the dictionaries of `Intl.Segmenter`; only what is looked up is, never what is
 * indexed.
 */
export function wordsOf(text: string): Token[][] {
  return partsOf(text)
    .flatMap((part) => (part.spaceless ? wordsOfPart(part) : [part]))
    .map(tokensOfPart)
    .filter((tokens) => tokens.length > 0);
}

/** Whether a token is a character of a script without spaces. */
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

/** Texts repeat their words and characters; folding one takes some microseconds. */
function foldOnce(text: string): string {
  const known = knownFolds.get(text);
  if (known !== undefined) return known;
  const made = fold(text);
  if (text.length <= 24) knownFolds.set(text, made);
  return made;
}

const knownFolds = new LRUCache<string, string>({ max: 10_000 });
