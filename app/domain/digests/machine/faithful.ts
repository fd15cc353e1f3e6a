import { LONGEST_WORDS } from '~/domain/digests/content';
import { type Locale, scriptOf } from '~/platform/i18n/locales';
import { addsNames, addsWords } from './names';
import { numbersIn } from './numbers';

/** The reason why a model's words are not offered to moderators. */
export type Fault = 'numbers' | 'names' | 'form';

/** A text with its language, BCP 47. */
export interface OriginalWords {
  text: string;
  language: string;
}

/** A model's text, in an interface language. */
export interface Proposed extends OriginalWords {
  language: Locale;
}

/**
 * Checks a model's rewording or translation against its original: every number and every name must
 * be in the original, and every number of the original must be in it. Returns null if it passes.
 * The check is strict rather than clever, because a refused proposal is no great loss.
 *
 * - Names are the places of ISO 3166 and M49, languages, months and days, capitalised words that
 * are not known to be ordinary, and words in Latin letters within Arabic. Names in scripts without
 * capitals that are none of these are left to the moderator.
 * - A rewording in the same language may only use words of the original or of the interface, and
 * each number must stay before the word that it counts.
 * - A translation must have about the same length as its quote.
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

/** Some languages need zero-width joiners; all other invisible characters could deceive. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const MARKUP = /[<>`*_[\]{}|\\@#~^]/u;
const ADDRESS = /:\/\/|\bwww\.|[\p{L}\p{N}]\.\p{L}{2,}/iu;
const QUOTATION_MARKS = /["“”«»„]/u;

/** True if the text is one plain line of similar length in the right script, without URLs. */
function hasForm({ text, language }: Proposed, original: string): boolean {
  if (UNSEEN.test(text) || MARKUP.test(text) || ADDRESS.test(text)) return false;
  // Text in quotation marks is a quotation or a name.
  if (QUOTATION_MARKS.test(text) && !QUOTATION_MARKS.test(original)) return false;
  if (flat(text) === flat(original)) return false;
  const [least, most] = lengthsFor(original);
  return text.length >= least && text.length <= most && isWrittenIn(text, language);
}

/** Chinese, Japanese and Korean need a third of the characters. */
const DENSE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Returns the minimum and maximum length for a text, in UTF-16 units. */
function lengthsFor(original: string): [number, number] {
  const { length } = original;
  const [least, most] = DENSE.test(original) ? [1, 6] : [0.5, 2];
  return [Math.max(2, length * least), Math.min(LONGEST_WORDS, 20 + length * most)];
}

/** True if most of the letters are in the script of the language. */
function isWrittenIn(text: string, language: Locale): boolean {
  const own = new RegExp(scriptOf(language), 'gu');
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
