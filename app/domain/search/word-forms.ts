import { foldedTokens, isSpaceless, type Token, tokenize } from '~/platform/text/tokens';

/*
 * Forms of a word that a search takes for the word itself. Compounds are joined in the index, once for
 * each text; the other forms are looked up beside the word that was typed, so that quotes still find
 * the exact word.
 */

/** Hyphens and apostrophes within a word; the last apostrophe is a letter. */
const JOINER = /(?<=[\p{L}\p{M}\p{N}])[-\u2010\u2011'’＇ʼ](?=[\p{L}\p{N}])/gu;
/** Looked for from the first letter of each run only: from every letter, the time would be quadratic. */
const COMPOUND =
  /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{M}\p{N}]+(?:[-\u2010\u2011'’＇][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)+|(?<!\p{L})\p{L}+ʼ\p{L}+/gu;

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

/** Returns other forms of a folded word: English plurals and singulars, Arabic with its particles. */
export function otherForms(word: string): { word: string; prefix: boolean }[] {
  if (/^[a-z]{3,}$/.test(word)) {
    return englishForms(word).map((form) => ({ word: form, prefix: false }));
  }
  if (/^[\u0620-\u064a]{3,}$/u.test(word)) {
    return arabicForms(word).map((form) => ({ word: form, prefix: form.length > 4 }));
  }
  return [];
}

const IRREGULAR: readonly (readonly string[])[] = [
  ...[
    ['man', 'men'],
    ['woman', 'women'],
    ['child', 'children'],
    ['person', 'people'],
  ],
  ...[
    ['foot', 'feet'],
    ['tooth', 'teeth'],
    ['mouse', 'mice'],
    ['criterion', 'criteria'],
  ],
];

/** Words in -s and -es may be plurals of several: `caches` of `cache` and `cach`. Few are words. */
function englishForms(word: string): string[] {
  const forms = IRREGULAR.filter((pair) => pair.includes(word)).flat();
  const singular = (ending: RegExp, ...instead: string[]) => {
    if (ending.test(word)) forms.push(...instead.map((end) => word.replace(ending, end)));
  };
  singular(/(?<=[a-z]{2})ies$/, 'y');
  singular(/(?<=[a-z]{2})ves$/, 'f', 'fe');
  singular(/(?<=[a-z](?:s|x|z|ch|sh|o))es$/, '');
  singular(/(?<=[a-z]{2})(?<![sui])s$/, '');
  if (/[^aeiou]y$/.test(word)) forms.push(word.replace(/y$/, 'ies'));
  else if (/(?:[^f]f|fe)$/.test(word)) forms.push(word.replace(/fe?$/, 'ves'), `${word}s`);
  else if (/(?:s|x|z|ch|sh|o)$/.test(word)) forms.push(`${word}es`, `${word}s`);
  else forms.push(`${word}s`);
  return [...new Set(forms)].filter((form) => form !== word);
}

/** What Arabic writes together with the next word: و and ف, then ب, ك or ل, then the article. */
const PARTICLES = ['', 'و', 'ف'].flatMap((and) =>
  ['', 'ب', 'ك', 'ل', 'ال', 'بال', 'كال', 'لل'].map((to) => and + to),
);
/** A single letter is taken off longer words only: many begin with it. */
const PARTICLE = /^(?:[وف]?(?:[بك]?ال|لل)(?=.{2})|[وف]?[بكل]?(?=.{4}))/u;

function arabicForms(word: string): string[] {
  const forms = [word, word.replace(PARTICLE, '')].flatMap((base) =>
    PARTICLES.filter((particle) => base.length > 2 || /(?:ال|لل)$/.test(particle)).map(
      (particle) => particle + base,
    ),
  );
  return [...new Set(forms)].filter((form) => form !== word);
}
