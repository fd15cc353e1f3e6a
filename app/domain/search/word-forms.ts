import {
  foldedTokens,
  isSpaceless,
  LETTER_APOSTROPHES,
  type Token,
  tokenize,
} from '~/platform/text/tokens';
import { inflected } from './endings';

/*
 * Forms of a word that a search takes for the word itself. Compounds are joined in the index, once for
 * each text; the other forms are looked up beside the word that was typed, so that quotes still find
 * the exact word.
 */

/** Hyphens and apostrophes, as keyboards have them. */
const HYPHENS = '\\-\u2010\u2011';
const APOSTROPHES = `'’‘＇´${LETTER_APOSTROPHES}`;
const JOINERS = `${HYPHENS}${APOSTROPHES}`;
const SIGN = `[[\\p{L}\\p{M}\\p{N}]--[${LETTER_APOSTROPHES}]]`;

/** A hyphen or apostrophe within a word. */
const JOINER = new RegExp(`(?<=${SIGN})[${JOINERS}](?=(?!\\p{M})${SIGN})`, 'gv');
/** Looked for from the first letter of each run only: from every letter, the time would be quadratic. */
const COMPOUND = new RegExp(`(?<!${SIGN})${SIGN}+(?:[${JOINERS}](?!\\p{M})${SIGN}+)+`, 'gv');

/** Small words that French and Italian join to the next (l’école, dell’università), and the English genitive. */
const JOINED_WORDS = new RegExp(
  `^(?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel)?qu|un|all|dall|dell|nell|sull|quell|quest|bell|sant)[${APOSTROPHES}](?=[haeiouyœæ])|[${APOSTROPHES}]s?$`,
  'iv',
);
/** A plural of Indonesian: guru-guru. */
const DOUBLED = new RegExp(`^(.{2,})[${HYPHENS}]\\1(?=nya$|$)`, 'iv');

/**
 * Returns the tokens of a text for the index and for marks: in order, and after them compounds as one
 * word, `email` for `e-mail` and `dont` for `don’t`. After them, so that phrases have no gaps.
 */
export function searchTokens(text: string): Token[] {
  const joined = [...text.matchAll(COMPOUND)].flatMap(({ 0: compound, index }) => {
    const folded = joinedWord(compound);
    return folded ? [{ folded, start: index, end: index + compound.length }] : [];
  });
  return [...tokenize(text), ...joined];
}

/** Returns a compound as one word, folded; null for a text that is none. */
export function joinedWord(text: string): string | null {
  const joined = text.replace(JOINER, '');
  const [word, another] = joined === text ? [] : foldedTokens(joined);
  return word && !another && !isSpaceless(word) ? word : null;
}

/** Returns what a typed word is looked up as: without what is joined to it, a doubled word once. */
export function bareWord(text: string): string {
  // Letters without their accents, so that `l’école` begins with a vowel.
  const bare = text.normalize('NFD').replace(JOINED_WORDS, '').replace(DOUBLED, '$1');
  return bare.normalize('NFC');
}

/** Returns other forms of a folded word: plurals, cases and the like, Arabic with what is joined to it. */
export function otherForms(word: string): { word: string; prefix: boolean }[] {
  if (/^[\u0620-\u064a]{3,}$/u.test(word)) {
    return arabicForms(word).map((form) => ({ word: form, prefix: form.length > 4 }));
  }
  return inflected(word).map((form) => ({ word: form, prefix: false }));
}

/** What Arabic writes together with the next word: و and ف, then ب, ك or ل, then the article. */
const PARTICLES = ['', 'و', 'ف'].flatMap((and) =>
  ['', 'ب', 'ك', 'ل', 'ال', 'بال', 'كال', 'لل'].map((to) => and + to),
);
/** A single letter is taken off longer words only: many begin with it. */
const PARTICLE = /^(?:[وف]?(?:[بك]?ال|لل)(?=.{2})|[وف]?[بكل]?(?=.{4}))/u;

/** What Arabic writes after a word: for the feminine and its plural, and for the plural of people. */
const FEMININE = /(?<=.{2})(?:ه|ات|ت(?:ي|نا|ك|كم|ه|ها|هم|ين|ان))$/u;
const PEOPLE = /(?<=.{3})[وي]ن$/u;

function peopleOf(word: string): string[] {
  const one = word.replace(PEOPLE, '');
  return one === word ? [] : [one, `${one}ون`, `${one}ين`];
}

function familyOf(word: string): string[] {
  const stem = word.replace(FEMININE, '');
  return stem === word ? peopleOf(word) : ['ه', 'ت', 'ات'].map((end) => stem + end);
}

function arabicForms(word: string): string[] {
  // What looks like particles may begin the word itself: فلاحين, and لغة in للغة.
  const bare = [word, word.replace(PARTICLE, ''), word.replace(/^[وف]?لل(?=.{2})/u, 'ل')];
  const forms = [...new Set(bare)]
    .flatMap((base) => [base, ...familyOf(base)])
    .flatMap((base) =>
      PARTICLES.filter((particle) => base.length > 2 || /(?:ال|لل)$/.test(particle)).map(
        (particle) => particle + base,
      ),
    );
  return [...new Set(forms)].filter((form) => form !== word);
}
