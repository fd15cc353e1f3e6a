import words from '~db/seed/discourse.json';
import type { LexiconLanguage } from './lexicon';

/*
 * Detects the function of a sentence: whether it depends on the previous one, reports what others
 * say, jokes, denies or asks. Uses function words and set phrases of each language
 * (db/seed/discourse.json), independent of the subject.
 */

/** The lists of db/seed/discourse.json; each entry is a regular expression between word boundaries. */
export type DiscourseCue =
  /** At the start of a sentence: a pronoun, a demonstrative, "also", "therefore". */
  | 'opens'
  /** Beginnings that match `opens` but do not refer to the previous sentence: "this year". */
  | 'opensFine'
  /** References to the previous sentence, anywhere: "because of that", "the same problem". */
  | 'leans'
  /** Demonstratives that stand with a noun; see `pointsBack`. */
  | 'points'
  /** Beginnings of nouns that may stand with one: times, places, and the subject of the site. */
  | 'pointsFine'
  /** Third-person pronouns and possessives. */
  | 'pronouns'
  /** Pronouns that are objects: "them", French "les" before a verb, Indonesian "menggunakannya". */
  | 'objects'
  /** Words at which a new clause may begin. */
  | 'clauses'
  /** References to other posts or to what stands around, anywhere: "the story above", "you wrote". */
  | 'thread'
  /** Beginnings of a reply: "same here", "confirmed", "yes,". */
  | 'replies'
  /** Beginnings of an answer to a question, followed by a pause. */
  | 'answers'
  /** "No", right after a question mark and before a pause. */
  | 'answersNo'
  /**
   * Takes back what stands before it, or within it: "that is false", "whoever says so", "I no longer
   * think so", "if we had no bank … luckily", "imagine a ward without power … luckily".
   */
  | 'takesBack'
  /** Reported speech: "they say", "I read that". */
  | 'reported'
  /** The author has no experience of it: "I have no idea whether it is true". */
  | 'unsure'
  | 'joke'
  /** A relative or friend of the author in another place. */
  | 'kin'
  /** A place other than the author's. */
  | 'there'
  /** The author's place. */
  | 'here'
  /** The author, or the group that the author speaks for. */
  | 'self'
  /** A former problem that has been solved. */
  | 'solved'
  /** A request to the readers. */
  | 'asks'
  /** Thanks and greetings. */
  | 'praise'
  /** A denial that there is a problem. */
  | 'denies'
  /** Goes well, is free, came through at last. */
  | 'positive'
  /** Words that say no: a positive word beside one praises nothing. */
  | 'negates'
  /** All, every day: strong beside what goes well, and beside what does not. */
  | 'always'
  /** An offer for sale, or an invitation. */
  | 'sells'
  /** A turn in time, after which it is otherwise: "now", "since Easter", "at last". */
  | 'turns'
  /** A source of hearsay, or a place that is nowhere in particular: "a speaker said", "somewhere". */
  | 'hearsay'
  /** Speaks of complaining, or of what others here say: "sorry to spoil the chorus". */
  | 'complains'
  /** Finite verbs, if their form shows them; empty for languages with sentences without one. */
  | 'finite';

type Lists = Record<DiscourseCue, string[]>;

const LISTS = words satisfies Record<LexiconLanguage, Lists> as Record<LexiconLanguage, Lists>;

/** Conjunctions at the beginning of a sentence that can still stand alone. */
const JOINING =
  /^(?:but|and|yet|or|however|mais|et|or|car|pero|y|e|o|mas|porém|lakini|na|लेकिन|मगर|पर|और|tapi|tetapi|dan|namun|但是|可是|但|而且|不过|只是|но|а|и|однако|ولكن|لكن|لكننا)(?:[,،，\s]+|(?<=\p{Script=Han}))/iu;
const MARKS_BEFORE = /^[\s\p{P}\p{S}]+/u;

/** Maximum length of text that is examined, in UTF-16 units. */
const MOST_READ = 4000;

const compiled = new Map<string, RegExp | null>();

/** What stands around a whole word in an expression. Chinese has no word boundaries. */
export function wordBounds(language: LexiconLanguage): [before: string, after: string] {
  if (language === 'zh') return ['', ''];
  return ['(?<![\\p{L}\\p{M}\\p{N}])', '(?![\\p{L}\\p{M}\\p{N}])'];
}

/** Returns the expression for a cue in a language; null if its list is empty. */
function expression(language: LexiconLanguage, cue: DiscourseCue, where: '^' | ''): RegExp | null {
  const key = `${language} ${cue} ${where}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const list = LISTS[language][cue];
  const [before, after] = wordBounds(language);
  // Arabic joins "and" and "so" to the next word.
  const joined = language === 'ar' ? '[وف]?' : '';
  const made =
    list.length === 0
      ? null
      : new RegExp(`${where || before}${joined}(?:${plainMarks(list.join('|'))})${after}`, 'iu');
  compiled.set(key, made);
  return made;
}

/** The last text that was normalised: many cues are looked for in one text, one after another. */
let last = { text: '', plain: '' };

/** Normalises a text for matching: plain apostrophes, single spaces, no optional marks. */
function plain(text: string): string {
  if (text !== last.text) {
    const marks = plainMarks(text.slice(0, MOST_READ));
    last = { text, plain: marks.replace(/[’ʼ]/g, "'").replace(/\s+/g, ' ').trim() };
  }
  return last.plain;
}

/** Removes optional marks: the nukta in Hindi, vowel signs in Arabic. */
function plainMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u093c\u064b-\u0652\u0640]/g, '')
    .normalize('NFC');
}

/** True if a cue occurs anywhere in a text. */
export function hasCue(text: string, language: LexiconLanguage, cue: DiscourseCue): boolean {
  return expression(language, cue, '')?.test(plain(text)) ?? false;
}

/** Returns the normalised text around the first occurrence of a cue; null if there is none. */
export function firstCue(
  text: string,
  language: LexiconLanguage,
  cue: DiscourseCue,
): { before: string; after: string } | null {
  const compared = plain(text);
  const match = expression(language, cue, '')?.exec(compared);
  if (!match) return null;
  const end = match.index + match[0].length;
  return { before: compared.slice(0, match.index), after: compared.slice(end) };
}

/**
 * Returns the normalised clauses before the one in which a cue first occurs; null if there is no cue.
 * An object is never what the subject of its own clause is: "the tools mark them as noise".
 */
export function clausesBefore(
  text: string,
  language: LexiconLanguage,
  cue: DiscourseCue,
): string | null {
  const found = firstCue(text, language, cue);
  if (!found) return null;
  const joints = expression(language, 'clauses', '')?.source;
  const joint = new RegExp(`[,;:()–—،؛，；：।]${joints ? `|${joints}` : ''}`, 'giu');
  const last = [...found.before.matchAll(joint)].at(-1);
  return found.before.slice(0, last?.index ?? 0);
}

/**
 * Returns the normalised text after a cue at the beginning of a sentence, ignoring punctuation and
 * words such as "but" before it; null if the sentence does not begin with the cue.
 */
export function openingCue(
  sentence: string,
  language: LexiconLanguage,
  cue: DiscourseCue,
): { after: string } | null {
  const start = plain(sentence).replace(MARKS_BEFORE, '').replace(JOINING, '');
  const match = expression(language, cue, '^')?.exec(start);
  return match ? { after: start.slice(match[0].length) } : null;
}

/** True if finite verbs of the language can be recognised by their form. */
export function tellsFinite(language: LexiconLanguage): boolean {
  return LISTS[language].finite.length > 0;
}

/** Returns the normalised text without a cue, wherever it stands. */
export function withoutCue(text: string, language: LexiconLanguage, cue: DiscourseCue): string {
  const found = expression(language, cue, '');
  let rest = plain(text);
  for (let match = found?.exec(rest); match && match[0] !== ''; match = found?.exec(rest)) {
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
  }
  return rest;
}

/** How often a cue stands in a text, up to `most`. */
export function countCue(
  text: string,
  language: LexiconLanguage,
  cue: DiscourseCue,
  most: number,
): number {
  const found = expression(language, cue, '');
  if (!found) return 0;
  let rest = plain(text);
  let count = 0;
  for (let match = found.exec(rest); match && count < most; match = found.exec(rest)) {
    count += 1;
    rest = rest.slice(match.index + Math.max(1, match[0].length));
  }
  return count;
}

/** Languages whose demonstratives follow the noun. */
const NOUN_FIRST: ReadonlySet<LexiconLanguage> = new Set(['id', 'sw']);
/** Letters by which a noun is recognised in another form. */
const NOUN_STEM = 4;

/**
 * True if a text says "this", "those" or "such" of a thing that it does not name before: "that price",
 * without a price.
 */
export function pointsBack(text: string, language: LexiconLanguage): boolean {
  const { points, pointsFine } = LISTS[language];
  const fine = pointsFine.map(plainMarks);
  const isKnown = (noun: string, earlier: string) =>
    fine.some((start) => noun.startsWith(start)) || earlier.includes(noun.slice(0, NOUN_STEM));
  const compared = plain(text).toLowerCase();
  const [before, after] = wordBounds(language);
  const demonstrative = new RegExp(`${before}(?:${plainMarks(points.join('|'))})${after}`, 'giu');
  return [...compared.matchAll(demonstrative)].some(({ index, 0: word }) => {
    const earlier = compared.slice(0, index);
    if (NOUN_FIRST.has(language)) {
      const nouns = wordsOf(earlier).slice(-2);
      const named = wordsOf(earlier).slice(0, -2).join(' ');
      return nouns.length > 0 && !nouns.some((noun) => isKnown(noun, named));
    }
    const later = compared.slice(index + word.length).split(/[,.;:!?،।，。；：]/)[0] ?? '';
    if (language === 'zh') {
      return !fine.some((noun) => later.includes(noun)) && !earlier.includes(later.slice(0, 2));
    }
    const nouns = wordsOf(later).slice(0, 2);
    return nouns.length > 0 && !nouns.some((noun) => isKnown(noun, earlier));
  });
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
}
