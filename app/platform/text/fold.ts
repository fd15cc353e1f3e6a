import { asciiDigits } from './digits';

/*
 * Normalises words for search, so that differences people make without thinking, or because their
 * keyboard lacks a letter, do not matter.
 *
 * Two other comparisons need their own folding: the lexicons of barriers, whose phrases depend on
 * accents (`domain/barriers/tokens.ts`), and the terms of digests, which only measure how similar
 * two texts in one language are (`domain/digests/terms.ts`).
 */

/** Letters that Unicode does not decompose, with the spelling of people who cannot type them. */
const LETTERS: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't' },
  // Turkish and Azeri have the pairs I and ı, İ and i; other languages have I and i. All four
  // become one.
  ı: 'i',
  // Letters of Hausa, Ewe, Twi and others, often written without their hooks.
  ...{ ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y', ɛ: 'e', ɔ: 'o', ŋ: 'n' },
  // The Greek final sigma.
  ς: 'σ',
  // Arabic letters, and their equivalents on Persian and Urdu keyboards.
  ...{ ٱ: 'ا', ى: 'ي', ی: 'ي', ئ: 'ي', ؤ: 'و', ة: 'ه', ۀ: 'ه', ہ: 'ه', ھ: 'ه', ک: 'ك' },
  // Hindi: the two nasal signs are interchangeable in writing.
  '\u0901': '\u0902',
};
/** Hindi: a nasal before another consonant is written as a letter or as a point (हिन्दी, हिंदी). */
const NASAL = /[ङञणनम]\u094d(?=[\u0915-\u0939])/gu;
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/**
 * Optional marks: accents of Latin, Greek and Cyrillic, vowels and hamza of Arabic, points of
 * Hebrew, the nukta of Devanagari. Marks of other scripts are significant: vowels of Hindi and
 * Thai, the voicing of kana.
 */
const MARKS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks are what it is about
  /\u093c|(?=\p{M})[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

/** Everything that is not a letter, digit or mark, invisible characters, and the Arabic kashida. */
const REST = /[^\p{L}\p{N}\p{M}]|\p{Default_Ignorable_Code_Point}|\u0640/gu;

/** The Arabic article is joined to its word: "المدرسة" is the school, "مدرسة" a school. */
const ARABIC_ARTICLE = /^ال(?=[\u0620-\u064a]{3})/u;

/**
 * Returns the form in which a word or character is indexed and searched; may be empty. Uses
 * Unicode's compatibility decomposition, lower case and the lists above, which follow Lucene's
 * normalisers for Arabic, Persian and Hindi.
 */
export function fold(word: string): string {
  return (
    asciiDigits(word.normalize('NFKD'))
      .toLowerCase()
      // й is a letter, not an accented и.
      .replace(/и\u0306/g, 'й')
      .replace(MARKS, '')
      .replace(REST, '')
      .replace(NASAL, '\u0902')
      .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
      .replace(ARABIC_ARTICLE, '')
      .normalize('NFC')
  );
}

/** Returns the text in lower case, without marks, which many keyboards omit. */
export function withoutMarks(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
