import { type Locale, scriptOf } from '~/platform/i18n/locales';
import { detectLanguage } from '~/platform/languages/detect';
import { bareAddress } from '~/platform/text/bare-address';
import { addsNames, addsWords, losesNames } from './names';
import { numbersIn } from './numbers';

/** The reason why the words of a machine are not used. */
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
 *
 * @param longest in UTF-16 units
 */
export function faultOf(
  proposal: Proposed,
  original: OriginalWords,
  longest = LONGEST_SENTENCE,
): Fault | null {
  const sameLanguage = original.language.split('-')[0] === proposal.language;
  if (!hasForm(proposal, original.text, longest)) return 'form';
  if (!hasSameNumbers(proposal.text, original.text, sameLanguage)) return 'numbers';
  const { text, language } = proposal;
  const adds =
    addsNames(text, original.text, original.language, language) ||
    (sameLanguage && addsWords(text, original.text, language));
  return adds ? 'names' : null;
}

/** Maximum length of one sentence or quote, in UTF-16 units. */
export const LONGEST_SENTENCE = 1500;

/** Links, without the punctuation after them, which is that of the language. */
const LINKS = new RegExp(`${bareAddress('<>()[\\]')}(?<![.,;:!?'"*_])`, 'giu');

/** Email addresses, names of sites, handles, and where links without a protocol lead. */
const KEPT_AS_IT_IS =
  /\]\([^\s)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\p{L}\p{N}.])(?:[\p{L}\p{N}-]{2,}\.)+[a-z]{2,}(?![\p{L}\p{N}])|(?<![A-Za-z0-9])@\w+/gu;

/** Units of data after a number, which each language writes in its way: `20 GB`, `20 Go`. */
const DATA_UNIT =
  /(?<=\p{N}[\s\u00a0\u202f]?)[kKMGTкКМГТ](?:[BoБ]|(?:b|bit|бит)(?:ps|\/s|\/с)?)(?![\p{Script=Latin}\p{Script=Cyrillic}])/gu;

/** Tags of HTML, which a post shows as they are typed. */
const TAG = /<[/!]?[a-z][^<>]*>/giu;

/**
 * Checks a machine's translation of a whole post, as Markdown, against its original: it has about the
 * same length, is in the right language, has the same numbers, links, handles and tags, every name of the original that
 * can be recognised, and no other. Returns null if it passes. Capitals at the start of a sentence, and
 * words in capitals only, are no names here: a post has too many of them.
 */
export function faultOfPost(proposal: Proposed, original: OriginalWords): Fault | null {
  const { text, language } = proposal;
  const room = Number.POSITIVE_INFINITY;
  // Chinese needs a third of the characters.
  const isLong =
    language === 'zh'
      ? text.length * 6 >= original.text.length
      : hasLength(text, original.text, room);
  if (UNSEEN.test(text.replace(/\n/g, '')) || !isLong) return 'form';
  if (flat(text) === flat(original.text)) return 'form';
  const hasSame = (kind: RegExp, [said, meant]: readonly [string, string]) =>
    partsOf(said, kind) === partsOf(meant, kind);
  const texts = [text, original.text] as const;
  if (!hasSame(TAG, texts)) return 'form';
  const linkless = [withoutLinks(text), withoutLinks(original.text)] as const;
  if (!hasSame(LINKS, texts) || !hasSame(KEPT_AS_IT_IS, linkless)) return 'names';
  if (detectLanguage(text, language) !== language) return 'form';
  const [said, meant] = linkless.map((of) => of.replace(KEPT_AS_IT_IS, ' ').replace(DATA_UNIT, ''));
  if (!said || !meant || !isWrittenIn(said, language)) return 'form';
  if (!hasSameNumbers(said, meant, false)) return 'numbers';
  const changes =
    addsNames(said, meant, original.language, language, { sentences: true }) ||
    losesNames(said, meant, original.language, language);
  return changes ? 'names' : null;
}

function withoutLinks(text: string): string {
  return text.replace(LINKS, ' ');
}

/** Returns the parts of a text that a pattern finds, in an order of their own. */
function partsOf(text: string, kind: RegExp): string {
  return (text.match(kind) ?? []).toSorted().join('\n');
}

/** Some languages need zero-width joiners; all other invisible characters could deceive. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const MARKUP = /[<>`*_[\]{}|\\@#~^]/u;
const ADDRESS = /:\/\/|\bwww\.|[\p{L}\p{N}]\.\p{L}{2,}/iu;
const QUOTATION_MARKS = /["“”«»„]/u;

/** True if the text is one plain line of similar length in the right script, without URLs. */
function hasForm({ text, language }: Proposed, original: string, longest: number): boolean {
  if (UNSEEN.test(text) || MARKUP.test(text) || ADDRESS.test(text)) return false;
  // Text in quotation marks is a quotation or a name.
  if (QUOTATION_MARKS.test(text) && !QUOTATION_MARKS.test(original)) return false;
  if (flat(text) === flat(original)) return false;
  return hasLength(text, original, longest) && isWrittenIn(text, language);
}

/** Chinese, Japanese and Korean need a third of the characters. */
const DENSE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** True if a text is about as long as its original; `longest` in UTF-16 units. */
function hasLength(text: string, original: string, longest: number): boolean {
  const { length } = original;
  const [least, most] = DENSE.test(original) ? [1, 6] : [0.5, 2];
  const shortest = Math.max(2, length * least);
  return text.length >= shortest && text.length <= Math.min(longest, 20 + length * most);
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
