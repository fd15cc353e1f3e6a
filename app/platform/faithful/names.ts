import { LOCALE_TAGS, type Locale, scriptOf } from '~/platform/i18n/locales';
import { ordinaryWords } from '~/platform/i18n/ordinary-words';
import { placeName } from '~/platform/places/names';
import { countries, regions } from '~/platform/places/places';
import { withoutMarks } from '~/platform/text/fold';
import { numberOfWord } from './numbers';

/*
 * Finds the names in a text as far as possible: capitalised words, words in another script, and
 * places, languages, months and days in each language. Arabic, Hindi and Chinese have no capitals, so
 * a person's name in their letters cannot be recognised.
 */

/** What people are addressed by; each language has its own. */
const TITLES = new Set(
  'mr mrs ms miss mx dr prof m mme mlle monsieur madame sr sra srta dra d dom don dona doña señor señora senhor senhora bw bi bwana mzee pak bu bapak ibu г-н г-жа господин госпожа'.split(
    ' ',
  ),
);

const isTitle = ({ folded }: Word) => TITLES.has(folded);

interface Word {
  /** As written. */
  text: string;
  folded: string;
  /** True for the first word of a sentence. */
  first: boolean;
}

/**
 * True if a proposal contains names that its original does not. @param from the language of the
 * original (BCP 47) @param to the language of the proposal @param sentences true for many sentences:
 * their first words and words in capitals only are no names then
 */
export function addsNames(
  proposal: string,
  original: string,
  from: string,
  to: Locale,
  { sentences = false } = {},
): boolean {
  const said = wordsOf(proposal);
  const meant = wordsOf(original);
  const languages = [...new Set([...LOCALE_TAGS, from])];
  const known = new Set(termsIn(meant, languages).map(({ id }) => id));
  const terms = termsIn(said, [to]).filter(({ at }) => mayBeName(said[at]));
  if (terms.some(({ id }) => !known.has(id))) return true;

  const covered = new Set(
    terms.flatMap(({ at, length }) => Array.from({ length }, (_, n) => at + n)),
  );
  const inOriginal = new Set(meant.map(({ folded }) => folded));
  const added = said.filter(
    (word, at) =>
      !covered.has(at) &&
      !inOriginal.has(word.folded) &&
      !isTitle(word) &&
      !(sentences && !isWithinSentence(word, to)) &&
      isName(word, to),
  );
  if (!sentences || !isTransliterated(original, to)) return added.length > 0;
  return namesIn(added) > (/\p{Lu}|\p{Lt}/u.test(original) ? namesIn(meant) : added.length);
}

/**
 * True if names have other letters in the translation: the original is in another script, and its language
 * writes them with capitals. Then the translation may have as many names as the original; of an
 * original in a script without capitals they cannot be counted.
 */
function isTransliterated(original: string, to: Locale): boolean {
  const own = original.match(new RegExp(scriptOf(to), 'gu'))?.length ?? 0;
  const letters = original.match(/\p{L}/gu)?.length ?? 0;
  return HAS_CAPITALS.test(scriptOf(to)) && own * 2 < letters;
}

/** Returns how many different words begin with a capital. */
function namesIn(words: readonly Word[]): number {
  const names = words.filter((word) => /^[\p{Lu}\p{Lt}]/u.test(word.text) && !isTitle(word));
  return new Set(names.map(({ folded }) => folded)).size;
}

/**
 * True if a translation lacks names that its original has: places, languages, months and days, and into
 * languages of the Latin script words that are capitalised within a sentence. It has such a word if it
 * has one with the same beginning: an ending may be that of its language.
 */
export function losesNames(proposal: string, original: string, from: string, to: Locale): boolean {
  const said = wordsOf(proposal);
  const meant = wordsOf(original);
  const has = new Set(termsIn(said, [to]).map(({ id }) => id));
  const terms = termsIn(meant, [from]).filter(({ at }) => {
    const word = meant[at];
    return word !== undefined && /^\p{Lu}/u.test(word.text) && !word.first;
  });
  if (terms.some(({ id }) => !has.has(id))) return true;
  if (!/Latn/.test(scriptOf(to))) return false;
  const covered = new Set(
    terms.flatMap(({ at, length }) => Array.from({ length }, (_, n) => at + n)),
  );
  const beginnings = new Set(said.map(({ folded }) => folded.slice(0, BEGINNING)));
  return meant.some(
    (word, at) =>
      !covered.has(at) &&
      !word.first &&
      !isTitle(word) &&
      /^(?=\p{Script=Latin})\p{Lu}.*\p{Ll}/u.test(word.text) &&
      !beginnings.has(word.folded.slice(0, BEGINNING)),
  );
}

/** Letters that an original name and its translation share. */
const BEGINNING = 4;

function isWithinSentence({ text, first }: Word, language: Locale): boolean {
  if (!HAS_CAPITALS.test(scriptOf(language))) return true;
  return !first && /\p{Ll}/u.test(text);
}

/** True if a rewording uses a word that is neither in its original nor in the interface. */
export function addsWords(proposal: string, original: string, language: Locale): boolean {
  const known = new Set(wordsOf(original).map(({ folded }) => folded));
  const ordinary = ordinaryWords(language);
  return wordsOf(proposal).some(({ text, folded }) => {
    const lower = text.toLowerCase();
    if (known.has(folded) || ordinary.has(lower) || numberOfWord(lower) !== null) return false;
    return !withoutPrefix(folded).some((form) => known.has(form) || ordinary.has(form));
  });
}

/** True if the word begins with a capital, or is in a script without capitals. */
function mayBeName(word: Word | undefined): boolean {
  return word !== undefined && /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(word.text);
}

/** The scripts of interface languages that have capitals. */
const HAS_CAPITALS = /Latn|Cyrl/;

function isName({ text, first }: Word, language: Locale): boolean {
  if (!HAS_CAPITALS.test(scriptOf(language))) return /\p{Script=Latin}/u.test(text);
  if (!/\p{Lu}|\p{Lt}/u.test(text)) return false;
  if (language === 'en' && text === 'I') return false;
  // The first word of a sentence is capitalised anyway.
  const ordinary = first && !/\p{Lu}/u.test(text.slice(1));
  if (!ordinary) return true;
  const lower = text.toLowerCase();
  return !ordinaryWords(language).has(lower) && numberOfWord(lower) === null;
}

function wordsOf(text: string): Word[] {
  const plain = text.normalize('NFC');
  return [...plain.matchAll(/\p{L}[\p{L}\p{M}\p{Nd}]*/gu)].flatMap((match) => {
    const before = plain.slice(0, match.index);
    // "Mr. Otieno" begins no sentence with his name.
    const title = /(\p{L}+)\.\s*$/u.exec(before)?.[1] ?? '';
    const first =
      /(?:^|[.!?…؟。！？।]|\n)["'“”«»„‘’()\s>*#_-]*$/u.test(before) &&
      !TITLES.has(title.toLowerCase());
    return partsOf(match[0]).map((text) => ({ text, folded: withoutMarks(text), first }));
  });
}

/** Chinese writes no spaces between words: each character is one, as in the names of `termsOf`. */
function partsOf(word: string): string[] {
  return word.match(/\p{Script=Han}|\P{Script=Han}+/gu) ?? [];
}

interface Term {
  id: string;
  words: string[];
}

/** Returns the places, languages, months and days in a text, preferring the longest name. */
function termsIn(
  words: readonly Word[],
  languages: readonly string[],
): { id: string; at: number; length: number }[] {
  const indexes = languages.map(termsOf);
  const found: { id: string; at: number; length: number }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const here = words[at]?.folded ?? '';
    const fits = [here, ...withoutPrefix(here)].flatMap((form) =>
      indexes
        .flatMap((index) => index.get(form) ?? [])
        .filter((term) => term.words.every((word, n) => n === 0 || words[at + n]?.folded === word)),
    );
    const length = Math.max(0, ...fits.map((term) => term.words.length));
    if (length === 0) continue;
    for (const { id } of fits.filter((term) => term.words.length === length)) {
      found.push({ id, at, length });
    }
    at += length - 1;
  }
  return found;
}

/** In Arabic, "and", "in", "for" and "as" are prefixes of the next word. */
function withoutPrefix(word: string): string[] {
  if (!/^\p{Script=Arabic}/u.test(word)) return [];
  const rest = /^[وف]?[بكل]?(.{3,})$/u.exec(word)?.[1] ?? '';
  const forms = [word.slice(1), rest, `ا${rest}`, word.replace(/^[وف]?لل/u, 'ال')];
  return forms.filter((form) => form.length > 2 && form !== word);
}

const indexes = new Map<string, Map<string, Term[]>>();

/** Returns the terms of a language by their first word. */
function termsOf(language: string): Map<string, Term[]> {
  const made = indexes.get(language) ?? collectTerms(language);
  indexes.set(language, made);
  return made;
}

const LANGUAGES =
  'am ar bn de en es fa fr ha he hi id ig it ja ko ln mg ms my ne nl om pa pl ps pt ro ru rw sn so sw ta te th tl tr uk ur uz vi wo xh yo zh zu'.split(
    ' ',
  );

function collectTerms(language: string): Map<string, Term[]> {
  const index = new Map<string, Term[]>();
  const put = (id: string, name: string | undefined) => {
    const words = wordsOf(name ?? '').map(({ folded }) => folded);
    const [first] = words;
    if (first) index.set(first, [...(index.get(first) ?? []), { id, words }]);
  };
  for (const { code } of [...countries, ...regions]) put(code, placeName(code, language));
  const languages = new Intl.DisplayNames(language, { type: 'language' });
  for (const tag of LANGUAGES) put(`language ${tag}`, languages.of(tag));
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  for (let n = 0; n < 12; n += 1) put(`month ${n}`, month.format(Date.UTC(2024, n, 15)));
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  for (let n = 1; n < 8; n += 1) put(`day ${n}`, day.format(Date.UTC(2024, 0, n)));
  return index;
}
