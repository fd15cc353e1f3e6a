/*
 * Letters that look like those of another word, after the confusables of UTS #39: for each
 * prototype what is drawn like it, capitals by their own look. It is not the whole of that
 * table: these are the letters with which a name in one script can be spelled in another, or
 * again in its own. Scripts that nobody takes for Latin are told apart by the rule of one script.
 */
const LOOKALIKES: [string, string][] = [
  ['a', 'аαɑΑАᎪ'],
  ['b', 'ВвΒβЬьᏴ'],
  ['c', 'сСϲϹᏟ'],
  ['d', 'ԁԀᎠ'],
  ['e', 'еЕεΕᎬ'],
  ['g', 'ցɡᏀ'],
  ['h', 'һҺНнΗհᎻ'],
  ['i', 'іιɩ'],
  ['j', 'јЈϳᎫ'],
  ['k', 'кКκΚᏦ'],
  ['l', 'I1ІΙӀӏլԼᏞ'],
  ['m', 'мМΜᎷ'],
  ['n', 'ոΝηп'],
  ['o', '0оОοΟօՕσ'],
  ['p', 'рРρΡᏢ'],
  ['q', 'ԛԚզ'],
  ['r', 'гᎡ'],
  ['s', 'ѕЅՏᏚ'],
  ['t', 'тТτΤᎢ'],
  ['u', 'սՍυμ'],
  ['v', 'νᏙ'],
  ['w', 'ԝԜѡωᎳ'],
  ['x', 'хХχΧ'],
  ['y', 'уУγΥҮүᎩ'],
  ['z', 'ΖᏃ'],
  ['3', 'зЗ'],
  ['6', 'бϬ'],
  // One letter of Arabic is written in several ways; a reader takes them for the same.
  ['ي', 'یىېئ'],
  ['ك', 'کڪ'],
  ['ه', 'ةہھەۃ'],
  ['ا', 'أإآٱ'],
  ['و', 'ؤۆۇ'],
  // Kana that look like each other and like Han.
  ['へ', 'ヘ'],
  ['り', 'リ'],
  ['口', 'ロ'],
  ['力', 'カ'],
  ['工', 'エ'],
  ['夕', 'タ'],
  ['八', 'ハ'],
  ['二', 'ニ'],
  ['一', 'ー'],
];

const PROTOTYPES = new Map(
  LOOKALIKES.flatMap(([prototype, alike]) => [...alike].map((letter) => [letter, prototype])),
);

/** Two letters that read as one. */
const JOINED: [RegExp, string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
];

/**
 * What a name looks like: two names with the same skeleton can be taken for each other. For
 * comparing only; `fold` is the folding under which names are unique.
 */
export function skeletonOf(name: string, fold: (text: string) => string): string {
  // Looks first, since a capital may look like something else than its small letter does.
  const drawn = [...name.normalize('NFKC')].map((letter) => PROTOTYPES.get(letter) ?? letter);
  const folded = [...fold(drawn.join(''))]
    // What folding has made alike, such as digits of another set.
    .map((letter) => PROTOTYPES.get(letter) ?? letter)
    .join('')
    // Vowel signs of Arabic and Hebrew, which most readers leave out.
    .replace(/[\u0591-\u05c7\u064b-\u065f\u0670]/gu, '');
  return JOINED.reduce((text, [pair, one]) => text.replace(pair, one), folded);
}
