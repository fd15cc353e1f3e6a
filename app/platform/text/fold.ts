import { asciiDigits } from './digits';

/*
 * Words as search compares them: what people type without thinking, or cannot type on the keyboard
 * before them, makes no difference.
 *
 * Two comparisons fold in their own way, and must: the lexicons of barriers, whose phrases were
 * written for their marks (`domain/barriers/tokens.ts`), and the terms of digests, which only
 * measure how alike two texts are in one language (`domain/digests/terms.ts`).
 */

/** Letters that Unicode does not take apart, as people write them who do not have them. */
const LETTERS: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't' },
  // Turkish and Azeri: I and ı, İ and i are pairs there, and I and i elsewhere. All four are one.
  ı: 'i',
  // Letters of Hausa, Ewe, Twi and others, often written without their hooks.
  ...{ ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y', ɛ: 'e', ɔ: 'o', ŋ: 'n' },
  // Greek at the end of a word.
  ς: 'σ',
  // Arabic, and the letters that Persian and Urdu keyboards have for the same.
  ...{ ٱ: 'ا', ى: 'ي', ی: 'ي', ئ: 'ي', ؤ: 'و', ة: 'ه', ۀ: 'ه', ہ: 'ه', ھ: 'ه', ک: 'ك' },
  // Hindi: both nasal signs are written for one another.
  '\u0901': '\u0902',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/**
 * Marks that may be left out: accents of Latin, Greek and Cyrillic, vowels and hamza of Arabic,
 * points of Hebrew, the nukta of Devanagari. Marks of other scripts are letters of their own: vowels
 * of Hindi and Thai, the voicing of kana.
 */
const MARKS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks are what it is about
  /\u093c|(?=\p{M})[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

/** Everything that is no letter, digit or mark, invisible characters and the Arabic kashida. */
const REST = /[^\p{L}\p{N}\p{M}]|\p{Default_Ignorable_Code_Point}|\u0640/gu;

/** The article stands joined to its word: "المدرسة" is the school, "مدرسة" a school. */
const ARABIC_ARTICLE = /^ال(?=[\u0620-\u064a]{3})/u;

/**
 * One word or character in the form in which it is indexed and looked up; may be empty. By Unicode's
 * compatibility decomposition, lower case and the lists above, which follow what Lucene's
 * normalisers for Arabic, Persian and Hindi do.
 */
export function fold(word: string): string {
  return (
    asciiDigits(word.normalize('NFKD'))
      .toLowerCase()
      // й is a letter, not an accented и.
      .replace(/и\u0306/g, 'й')
      .replace(MARKS, '')
      .replace(REST, '')
      .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
      .replace(ARABIC_ARTICLE, '')
      .normalize('NFC')
  );
}

/** Letters without capitals and marks: phones and keyboards leave out either. */
export function withoutMarks(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
