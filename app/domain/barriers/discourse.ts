import words from '~db/seed/discourse.json';
import type { LexiconLanguage } from './lexicon';

/*
 * How a text stands to its author and to what surrounds it: whether a sentence leans on the one
 * before, reports what others say, jokes, denies, asks. Read by closed classes of words and usual
 * turns of each language (db/seed/discourse.json), not by what texts are about.
 */

/** The lists of db/seed/discourse.json; each entry is a regular expression between word boundaries. */
export type DiscourseCue =
  /** At the start of a sentence: a pronoun, a demonstrative, "also", "therefore". */
  | 'opens'
  /** Starts that look like one of `opens` and lean on nothing: "this year". */
  | 'opensFine'
  /** Anywhere: "because of that", "the same problem". */
  | 'leans'
  /** Pronouns of the third person and what shows possession. */
  | 'pronouns'
  /** A sentence that starts so, with a pause after it, answers a question. */
  | 'answers'
  /** What others say: "they say", "I read that". */
  | 'reported'
  /** The author has not met it: "I have no idea whether it is true". */
  | 'unsure'
  | 'joke'
  /** Somebody the author knows who lives in another place. */
  | 'kin'
  /** Not where the author is. */
  | 'there'
  /** The author, or those the author speaks for. */
  | 'self'
  /** It was a problem and is none any more. */
  | 'solved'
  /** Asks the readers for something. */
  | 'asks'
  /** Thanks and greetings. */
  | 'praise'
  /** Says that something is no problem. */
  | 'denies'
  /** Offers something for sale, or invites. */
  | 'sells'
  /** Finite verbs, where they can be told; empty where a sentence may do without. */
  | 'finite';

type Lists = Record<DiscourseCue, string[]>;

const LISTS = words satisfies Record<LexiconLanguage, Lists> as Record<LexiconLanguage, Lists>;

/** Words that join a sentence to the one before without leaning on it. */
const JOINING =
  /^(?:but|and|so|yet|or|however|mais|et|or|car|pero|y|e|o|mas|porém|lakini|na|लेकिन|मगर|पर|और|tapi|tetapi|dan|namun|但是|可是|但|而且|不过|只是|но|а|и|однако|ولكن|لكن|لكننا)(?:[,،，\s]+|(?<=\p{Script=Han}))/iu;
const MARKS_BEFORE = /^[\s\p{P}\p{S}]+/u;

/** More of a text than this tells no more of how it is meant, in UTF-16 units. */
const MOST_READ = 4000;

const compiled = new Map<string, RegExp | null>();

/** The expression for a cue in a language; null where it lists nothing. */
function expression(language: LexiconLanguage, cue: DiscourseCue, where: '^' | ''): RegExp | null {
  const key = `${language} ${cue} ${where}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const list = LISTS[language][cue];
  // Chinese has no word boundaries; Arabic joins "and" and "so" to the next word.
  const before = language === 'zh' ? '' : '(?<![\\p{L}\\p{M}\\p{N}])';
  const joined = language === 'ar' ? '[وف]?' : '';
  const after = language === 'zh' ? '' : '(?![\\p{L}\\p{M}\\p{N}])';
  const made =
    list.length === 0
      ? null
      : new RegExp(`${where || before}${joined}(?:${plainMarks(list.join('|'))})${after}`, 'iu');
  compiled.set(key, made);
  return made;
}

/** One spelling for what is compared: plain apostrophes, single spaces. */
function plain(text: string): string {
  return plainMarks(text.slice(0, MOST_READ)).replace(/[’ʼ]/g, "'").replace(/\s+/g, ' ').trim();
}

/** Hindi is written with and without the dot of foreign sounds, Arabic with and without vowels. */
function plainMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u093c\u064b-\u0652\u0640]/g, '')
    .normalize('NFC');
}

/** Whether a cue stands anywhere in a text. */
export function hasCue(text: string, language: LexiconLanguage, cue: DiscourseCue): boolean {
  return expression(language, cue, '')?.test(plain(text)) ?? false;
}

/** Where a cue first stands in the text as it is compared, and that text; null where nowhere. */
export function firstCue(
  text: string,
  language: LexiconLanguage,
  cue: DiscourseCue,
): { before: string } | null {
  const compared = plain(text);
  const match = expression(language, cue, '')?.exec(compared);
  return match ? { before: compared.slice(0, match.index) } : null;
}

/** Whether a sentence begins with a cue, after marks and words such as "but"; gives what follows it. */
export function openingCue(
  sentence: string,
  language: LexiconLanguage,
  cue: DiscourseCue,
): { after: string } | null {
  const start = plain(sentence).replace(MARKS_BEFORE, '').replace(JOINING, '');
  const match = expression(language, cue, '^')?.exec(start);
  return match ? { after: start.slice(match[0].length) } : null;
}

/** Whether finite verbs of the language can be told by their looks. */
export function tellsFinite(language: LexiconLanguage): boolean {
  return LISTS[language].finite.length > 0;
}
