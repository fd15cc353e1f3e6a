/*
 * Letters that look alike, based on the confusables of UTS #39: for each prototype the characters
 * that look like it, with capitals listed by their own shape. It is a selection: the letters with
 * which a name can be imitated in another script or in its own. Scripts that do not resemble Latin
 * are handled by the single-script rule for handles.
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
  // Variants of the same Arabic letter, which readers do not distinguish.
  ['ي', 'یىېئ'],
  ['ك', 'کڪ'],
  ['ه', 'ةہھەۃ'],
  ['ا', 'أإآٱ'],
  ['و', 'ؤۆۇ'],
  // Kana that look like each other or like Han characters.
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

/** Pairs of letters that look like one. */
const JOINED: [RegExp, string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
];

/**
 * Returns the skeleton of a name: two names with the same skeleton can be mistaken for each other.
 * For comparison only; `fold` is the normalisation under which names are unique.
 */
export function skeletonOf(name: string, fold: (text: string) => string): string {
  // Look-alikes are replaced before folding, because a capital may resemble a different letter than
  // its small form does.
  const drawn = [...name.normalize('NFKC')].map((letter) => PROTOTYPES.get(letter) ?? letter);
  const folded = [...fold(drawn.join(''))]
    // Again after folding, for characters it has made alike, such as digits of other scripts.
    .map((letter) => PROTOTYPES.get(letter) ?? letter)
    .join('')
    // Vowel signs of Arabic and Hebrew, which are usually omitted.
    .replace(/[\u0591-\u05c7\u064b-\u065f\u0670]/gu, '');
  return JOINED.reduce((text, [pair, one]) => text.replace(pair, one), folded);
}
