/*
 * The letters of languages that share a script. A short text is in a language that has all of its letters:
 * і says that it is not Russian, ы that it is not Ukrainian.
 */

/** Letters besides a to z, without those of loans (English café). */
const LATIN: Record<string, string> = {
  ...{ en: '', id: '', jv: 'éè', sw: '', so: '', zu: '', xh: '', sn: '', rw: '', lg: 'ŋ', ny: 'ŵ' },
  ...{
    fr: 'àâæçéèêëîïôœùûÿ',
    es: 'áéíñóú',
    pt: 'áâãàçéêíóôõú',
    it: 'àèéìíîòóù',
    ca: 'àçéèíïóòú',
  },
  ...{
    de: 'äöüß',
    nl: 'áéèëíïóöü',
    af: 'áéèêëîïôöûü',
    da: 'æøåé',
    nb: 'æøåéòô',
    sv: 'åäöéà',
    fi: 'åäö',
  },
  ...{ et: 'äõöüšž', lv: 'āčēģīķļņšūž', lt: 'ąčęėįšųūž', pl: 'ąćęłńóśźż', cs: 'áčďéěíňóřšťúůýž' },
  ...{ sk: 'áäčďéíĺľňóôŕšťúýž', sl: 'čšž', hr: 'čćđšž', hu: 'áéíóöőúüű', ro: 'ăâîșțşţ', sq: 'çë' },
  ...{ tr: 'çğıöşüâîû', az: 'çəğıöşü', fil: 'ñ', ceb: 'ñ', ha: 'ɓɗƙƴ', mg: 'ôàñ', wo: 'àãéëñóŋ' },
  ...{
    yo: 'ẹọṣáàéèíìóòúùńǹḿ',
    ig: 'ịọụṅáàéèíìóòúùńǹ',
    bm: 'ɛɔɲŋ',
    ff: 'ɓɗŋñƴ',
    ln: 'ɛɔáéíóâêîôǎě',
  },
  vi: 'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ',
  ...{ uz: 'ʻʼ', tn: 'êôš', st: 'š', ee: 'ɖɛƒɣŋɔʋáàéèíìóòúùãẽĩõũ', ht: 'èòà' },
};

const RUSSIAN = 'абвгдежзийклмнопрстуфхцчшщъыьэюяё';

const CYRILLIC: Record<string, string> = {
  ru: RUSSIAN,
  uk: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  be: 'абвгґдеёжзійклмнопрстуўфхцчшыьэюя',
  bg: 'абвгдежзийклмнопрстуфхцчшщъьюя',
  sr: 'абвгдђежзијклљмнњопрстћуфхцчџш',
  mk: 'абвгдѓежзѕијклљмнњопрстќуфхцчџш',
  kk: `${RUSSIAN}әғқңөұүһі`,
  ky: `${RUSSIAN}ңөү`,
  tg: `${RUSSIAN}ғӣқӯҳҷ`,
  tt: `${RUSSIAN}әөүҗңһ`,
};

const alphabets = new Map(
  Object.entries({ ...LATIN, ...CYRILLIC }).map(([tag, letters]) => [tag, new Set(letters)]),
);

/** In Russian and its neighbours ъ only parts a consonant from a vowel after it; in Bulgarian it is a vowel. */
const VOWEL_YER = /ъ(?![еёюя])/iu;

/** A word with a capital within a sentence may be a name, which keeps its letters in other languages: in São Paulo. */
const NAME = /(?<=\s)(?=\p{Lu})\p{Script=Latin}[\p{L}\p{M}]*/gu;

/** Where Spanish, Catalan and Portuguese have ü, which is elsewhere a letter of its own: pingüino, freqüente. */
const HEARD_U = /(?<=[gq])ü(?=[eéêií])/g;

/** Returns the languages that have all letters of a text, but for names, or all of them if none has. */
export function withLettersOf(text: string, tags: readonly string[]): readonly string[] {
  const plain = text.normalize('NFC').replace(NAME, '').toLowerCase().replace(HEARD_U, 'u');
  const letters = new Set(plain.match(/(?![a-z])\p{L}/gu));
  if (letters.size === 0) return tags;
  const fit = tags.filter((tag) => {
    const alphabet = alphabets.get(tag);
    return alphabet && [...letters].every((letter) => alphabet.has(letter));
  });
  const told = VOWEL_YER.test(text) ? fit.filter((tag) => tag === 'bg') : fit;
  return told.length > 0 ? told : tags;
}
