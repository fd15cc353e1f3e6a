import { LONGEST_WORDS } from '~/domain/digests/content';
import { LOCALES, type Locale } from '~/platform/i18n/locales';
import { addsNames, addsWords } from './names';
import { numbersIn } from './numbers';

/** What keeps a machine's words from being offered to anybody. */
export type Fault = 'numbers' | 'names' | 'form';

/** A text with its language, BCP 47. */
export interface OriginalWords {
  text: string;
  language: string;
}

/** What a machine said, in an interface language. */
export interface Proposed extends OriginalWords {
  language: Locale;
}

/**
 * Whether a machine's rewording or translation adds to what it stands for: every number and every
 * name in it has to stand in the original, and every number of the original in it. Null where nothing
 * is wrong. Strict rather than clever, since what is refused is not missed.
 *
 * - Names are the places of ISO 3166 and M49, languages, months and days, words with a capital that
 *   are not known to be ordinary, and words in Latin letters within Arabic. What has no capitals
 *   and is none of these is left to the moderator's eye.
 * - Other words for a sentence, in its own language, may be only such as the sentence or the
 *   interface uses, and each number stays before the word that it counts.
 * - A translation is not much shorter or longer than its quote.
 */
export function faultOf(proposal: Proposed, original: OriginalWords): Fault | null {
  const sameLanguage = original.language.split('-')[0] === proposal.language;
  if (!hasForm(proposal, original.text)) return 'form';
  if (!hasSameNumbers(proposal.text, original.text, sameLanguage)) return 'numbers';
  const { text, language } = proposal;
  const adds =
    addsNames(text, original.text, original.language, language) ||
    (sameLanguage && addsWords(text, original.text, language));
  return adds ? 'names' : null;
}

/** Zero-width joiners belong to how some languages are written; all else unseen may deceive. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const MARKUP = /[<>`*_[\]{}|\\@#~^]/u;
const ADDRESS = /:\/\/|\bwww\.|[\p{L}\p{N}]\.\p{L}{2,}/iu;
const QUOTATION_MARKS = /["“”«»„]/u;

/** One plain line of about the same length, in the right script: no addresses, no markup. */
function hasForm({ text, language }: Proposed, original: string): boolean {
  if (UNSEEN.test(text) || MARKUP.test(text) || ADDRESS.test(text)) return false;
  // What stands in quotation marks is somebody's words, or a name.
  if (QUOTATION_MARKS.test(text) && !QUOTATION_MARKS.test(original)) return false;
  if (flat(text) === flat(original)) return false;
  const [least, most] = lengthsFor(original);
  return text.length >= least && text.length <= most && isWrittenIn(text, language);
}

/** Chinese, Japanese and Korean say the same in a third of the letters. */
const DENSE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The shortest and longest words for a text, in UTF-16 units. */
function lengthsFor(original: string): [number, number] {
  const { length } = original;
  const [least, most] = DENSE.test(original) ? [1, 6] : [0.5, 2];
  return [Math.max(2, length * least), Math.min(LONGEST_WORDS, 20 + length * most)];
}

/** Most of its letters are of the script that the language is written in. */
function isWrittenIn(text: string, language: Locale): boolean {
  const own = LOCALES[language].dir === 'rtl' ? /\p{Script=Arabic}/gu : /\p{Script=Latin}/gu;
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  return count(own) * 2 > count(/\p{L}/gu);
}

function hasSameNumbers(proposal: string, original: string, withWord: boolean): boolean {
  const list = (text: string) =>
    numbersIn(text)
      .map(({ number, of }) => (withWord ? `${number} ${of}` : number))
      .toSorted()
      .join('\n');
  return list(proposal) === list(original);
}

function flat(text: string): string {
  return text.replace(/[\s\p{P}]+/gu, ' ').toLowerCase();
}
