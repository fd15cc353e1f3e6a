import { LOCALES } from '../../i18n/locales';
import { countries, regions } from '../../places/places';
import { LONGEST_WORDS } from '../content';

/** What keeps a machine's words from being offered to anybody. */
export type Fault = 'numbers' | 'names' | 'form';

/** A text with its language, BCP 47. */
export interface Said {
  text: string;
  language: string;
}

/**
 * Whether a machine's rewording or translation adds to what it stands for: every number and every
 * name in it has to stand in the original, and every number of the original in it. Null where nothing
 * is wrong. Strict rather than clever, since what is refused is not missed: names are the places of
 * ISO 3166 and M49, words with a capital within a sentence, and words in Latin letters within
 * Arabic. What has no capitals and is no place is left to the moderator's eye.
 */
export function faultOf(proposal: Said, original: Said): Fault | null {
  if (!hasForm(proposal.text, original.text)) return 'form';
  const [said, meant] = [numbersIn(proposal.text), numbersIn(original.text)];
  if (said.size !== meant.size || [...said].some((one) => !meant.has(one))) return 'numbers';
  return addsNames(proposal, original) ? 'names' : null;
}

/** One plain line of about the same length: no addresses, no markup. */
function hasForm(proposal: string, original: string): boolean {
  const longest = Math.min(LONGEST_WORDS, Math.max(120, original.length * 2.5));
  if (proposal.length < 2 || proposal.length > longest) return false;
  return !/[\p{Cc}\p{Zl}\p{Zp}<>`*_[\]{}|@#\\]|https?:|www\./u.test(proposal);
}

/** Number words of the languages that are written here most; "one" is an article too often. */
const NUMBER_WORDS: Record<string, string> = {
  2: 'two both twice double deux double dos doble dois duas dobro mbili dua اثنان اثنين اثنتان ضعف',
  3: 'three trois tres três triple tatu tiga ثلاثة ثلاث',
  4: 'four quatre cuatro quatro nne empat أربعة أربع',
  5: 'five cinq cinco tano lima خمسة خمس',
  6: 'six seis sita enam ستة ست',
  7: 'seven sept siete sete saba tujuh سبعة سبع',
  8: 'eight huit ocho oito nane delapan ثمانية ثماني',
  9: 'nine neuf nueve nove tisa sembilan تسعة تسع',
  10: 'ten dix diez dez kumi sepuluh عشرة عشر',
  11: 'eleven onze once',
  12: 'twelve dozen dozens douze douzaine doce docena doze dúzia دزينة',
  20: 'twenty vingt veinte vinte عشرون عشرين',
  50: 'half fifty moitié mitad metade nusu setengah نصف خمسون خمسين',
  100: 'hundred hundreds cent cien ciento cem mia مئة مائة مئات',
  1000: 'thousand thousands mille milliers mil miles milhares elfu ribu ألف آلاف',
  1000000: 'million millions millón millones milhão milhões milioni juta مليون ملايين',
};

const WORD_NUMBERS = new Map(
  Object.entries(NUMBER_WORDS).flatMap(([number, words]) =>
    words.split(' ').map((word): [string, string] => [word, number]),
  ),
);

/** A number with its separators, of thousands or before a fraction. */
const NUMBER = /\d+(?:[.,٫٬\s](?=\d{3}(?!\d))\d{3}|[.,٫]\d+)*/gu;

/** The numbers of a text, in digits of any script or in words, without their separators. */
function numbersIn(text: string): Set<string> {
  const digits = text.replace(/\p{Nd}/gu, digitOf);
  const found = new Set([...digits.matchAll(NUMBER)].map(([one]) => one.replace(/\D/gu, '')));
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    const number = WORD_NUMBERS.get(word);
    if (number) found.add(number);
  }
  return found;
}

/** Unicode keeps decimal digits in blocks of ten that begin at a multiple of ten after some zero. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

const WORD = /\p{L}[\p{L}\p{M}\p{N}'’-]*/gu;

function addsNames(proposal: Said, original: Said): boolean {
  const languages = [...Object.keys(LOCALES), proposal.language, original.language];
  const places = placesIn(proposal.text, languages);
  const known = placesIn(original.text, languages);
  if ([...places.keys()].some((code) => !known.has(code))) return true;
  const meant = fold(original.text);
  const named = [...places.values()].join(' ');
  const inArabic = /\p{Script=Arabic}/u.test(proposal.text);
  for (const match of proposal.text.matchAll(WORD)) {
    const [word] = match;
    const folded = fold(word);
    if (meant.includes(folded) || named.includes(folded)) continue;
    // A sentence begins with a capital; one within it is a name's.
    const begins = /(?:^|[.!?:;…]\s*)["'“‘«„(]*$/u.test(proposal.text.slice(0, match.index));
    if (/\p{Lu}/u.test(begins ? word.slice(1) : word)) return true;
    if (inArabic && /\p{Script=Latin}/u.test(word)) return true;
  }
  return false;
}

const namesByLanguage = new Map<string, { code: string; name: string }[]>();

/** What a language calls the countries and regions. */
function namesIn(language: string): { code: string; name: string }[] {
  const known = namesByLanguage.get(language);
  if (known) return known;
  const display = new Intl.DisplayNames([language, 'en'], { type: 'region' });
  const names = [...countries, ...regions].map(({ code }) => ({
    code,
    name: fold(display.of(code) ?? code),
  }));
  namesByLanguage.set(language, names);
  return names;
}

/** The countries and regions that a text names in some languages: by code, as they are written. */
function placesIn(text: string, languages: readonly string[]): Map<string, string> {
  const folded = ` ${fold(text).replace(/[^\p{L}\p{M}\p{N}'-]+/gu, ' ')} `;
  return new Map(
    [...new Set(languages)]
      .flatMap(namesIn)
      .filter(({ name }) => folded.includes(` ${name} `))
      .map(({ code, name }) => [code, name]),
  );
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('’', "'");
}
