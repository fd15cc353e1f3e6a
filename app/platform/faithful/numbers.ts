import { asciiDigits } from '~/platform/text/digits';

/*
 * Finds the numbers in a text: in digits of any script, or in words of the most frequent languages
 * here. "One" is left out, because in most of them it is also an article.
 */

const NUMBER_WORDS: Record<string, string> = {
  2: 'two both twice double deux double dos doble dois duas dobro اثنان اثنين اثنتان اثنتين ضعف mbili dua два две двух оба обе вдвое',
  3: 'three thrice triple trois tres três ثلاثة ثلاث tatu tiga три трёх трех трое втрое तीन',
  4: 'four quatre cuatro quatro أربعة أربع nne empat четыре четырёх четырех चार',
  5: 'five cinq cinco خمسة خمس tano lima пять пяти पाँच पांच',
  6: 'six seis ستة ست sita enam шесть шести छह छः',
  7: 'seven sept siete sete سبعة سبع saba tujuh семь семи सात',
  8: 'eight huit ocho oito ثمانية ثماني nane delapan восемь восьми आठ',
  9: 'nine neuf nueve nove تسعة تسع tisa sembilan девять девяти नौ',
  10: 'ten dix diez dez عشرة عشر kumi sepuluh десять десяти दस',
  11: 'eleven onze once',
  12: 'twelve dozen dozens douze douzaine doce docena doze dúzia دزينة',
  13: 'thirteen treize trece treze',
  14: 'fourteen quatorze catorce',
  15: 'fifteen quinze quince',
  16: 'sixteen seize dieciséis',
  17: 'seventeen',
  18: 'eighteen',
  19: 'nineteen',
  20: 'twenty vingt veinte vinte عشرون عشرين двадцать बीस',
  30: 'thirty trente treinta trinta ثلاثون ثلاثين тридцать तीस',
  40: 'forty quarante cuarenta quarenta أربعون أربعين сорок चालीस',
  50: 'fifty half cinquante moitié mitad metade خمسون خمسين نصف nusu setengah пятьдесят половина половину половины पचास आधा आधी आधे',
  60: 'sixty soixante sesenta sessenta ستون ستين шестьдесят साठ',
  70: 'seventy setenta سبعون سبعين семьдесят सत्तर',
  80: 'eighty ochenta oitenta ثمانون ثمانين восемьдесят अस्सी',
  90: 'ninety noventa تسعون تسعين девяносто नब्बे',
  100: 'hundred hundreds cent cents centaines cien ciento cem مئة مائة مئات mia сто сотни сотен सौ',
  200: 'مئتان مئتين مائتان مائتين',
  1000: 'thousand thousands mille milliers mil miles milhares ألف ألفا ألفًا آلاف elfu ribu тысяча тысячу тысячи тысяч тыс हज़ार हजार',
  2000: 'ألفان ألفين',
  100000: 'lakh lakhs लाख laki',
  1000000:
    'million millions millón millones milhão milhões مليون مليونا مليونًا ملايين milioni juta миллион миллиона миллионов млн',
  10000000: 'crore crores करोड़',
  1000000000:
    'billion billions milliard milliards bilhão bilhões مليار مليارات miliar миллиард миллиарда миллиардов млрд',
};

const OF_WORDS = new Map(
  Object.entries(NUMBER_WORDS).flatMap(([number, words]) =>
    words.split(' ').map((word): [string, string] => [word.normalize('NFKC'), number]),
  ),
);

/** By these, the number before is multiplied: "50 thousand", "2 lakh", "3 млн". */
const SCALES: ReadonlySet<number> = new Set([100, 1e3, 1e5, 1e6, 1e7, 1e9]);

/** Swahili says them first: "elfu 50". */
const SAID_FIRST = /^(?:mia|elfu|laki|milioni|bilioni)$/;

/** In Chinese only after a digit, because they are parts of many other words. */
const CHINESE_SCALES: Record<string, number> = {
  百: 100,
  千: 1e3,
  万: 1e4,
  萬: 1e4,
  亿: 1e8,
  億: 1e8,
};

/** Returns the number of a number word in lower case; null for other words. */
export function numberOfWord(word: string): string | null {
  return OF_WORDS.get(word) ?? null;
}

export interface FoundNumber {
  /** In plain digits, without grouping and with a decimal point. */
  number: string;
  /** The next word in lower case; empty at the end. */
  of: string;
}

const NUMBERS =
  /\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?|\d{1,3}(?:[.,٬'’\s]\d{3})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?|(?<=\d\s?[百千]?)[百千万萬亿億]|\p{L}[\p{L}\p{M}]*/gu;

/** Contains the word for a hundred, but is not a number. */
const PER_CENT = /\b(?:per ?cent|pour cent|por ciento|por cento)\b|(?:في ال|بال)(?:مئة|مائة)/gu;

/** Returns all numbers in a text, in order; "5 thousand", "5千", "elfu 5" and "5,000" are the same one. */
export function numbersIn(text: string): FoundNumber[] {
  const plain = asciiDigits(text.normalize('NFKC')).toLowerCase().replace(PER_CENT, '%');
  return termsIn(plain).map(({ number, end }) => {
    const [of = ''] = plain.slice(end).match(/\p{L}[\p{L}\p{M}]*/u) ?? [];
    return { number, of };
  });
}

/** A number as it is written or said: digits, a word, or several that make one. */
interface Term {
  number: string;
  /** The last scale in it; 0 if there is none. */
  scale: number;
  saidFirst: boolean;
  isBare: boolean;
  start: number;
  end: number;
}

function termsIn(plain: string): Term[] {
  const terms: Term[] = [];
  for (const match of plain.matchAll(NUMBERS)) {
    const next = termOf(match[0], match.index);
    if (!next) continue;
    const last = terms.at(-1);
    const joined = last && isBeside(plain, last, next) ? join(last, next) : null;
    if (joined) terms[terms.length - 1] = joined;
    else terms.push(next);
  }
  return added(terms, plain);
}

function termOf(word: string, start: number): Term | null {
  const chinese = CHINESE_SCALES[word];
  const number = /^\d/.test(word) ? plainNumber(word) : (chinese?.toString() ?? numberOfWord(word));
  if (number === null) return null;
  const isScale = chinese !== undefined || (!/^\d/.test(word) && SCALES.has(Number(number)));
  const scale = isScale ? Number(number) : 0;
  return {
    number,
    scale,
    saidFirst: SAID_FIRST.test(word),
    isBare: isScale,
    start,
    end: start + word.length,
  };
}

/** Returns a number and the scale beside it as one, such as "5" and "thousand"; null if they are two. */
function join(last: Term, next: Term): Term | null {
  const [a, b] = [Number(last.number), Number(next.number)];
  const more = { isBare: false, saidFirst: false, start: last.start, end: next.end };
  if (last.saidFirst && last.isBare && !next.isBare) {
    return { ...more, number: plainValue(a * b), scale: last.scale };
  }
  // "In 2024 hundreds of people" has two.
  const most = next.scale > 1000 ? 1e5 : next.scale;
  if (next.isBare && !next.saidFirst && a < most && last.scale < next.scale) {
    return { ...more, number: plainValue(a * b), scale: next.scale };
  }
  return null;
}

/** Adds what stands beside a larger part of the same number: "2 lakh 50 thousand". */
function added(terms: readonly Term[], plain: string): Term[] {
  const sums: Term[] = [];
  for (const next of terms) {
    const last = sums.at(-1);
    if (last && last.scale > Number(next.number) && isBeside(plain, last, next)) {
      const number = plainValue(Number(last.number) + Number(next.number));
      sums[sums.length - 1] = { ...next, number, start: last.start };
    } else sums.push(next);
  }
  return sums;
}

function isBeside(plain: string, last: Term, next: Term): boolean {
  return /^[\s-]*$/.test(plain.slice(last.end, next.start));
}

function plainValue(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function plainNumber(digits: string): string {
  const grouped =
    /^(?:\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:[.,٬'’\s]\d{3})+)(?!\d)/.exec(digits)?.[0] ?? '';
  const whole = grouped.replace(/\D/g, '');
  const number = (whole + digits.slice(grouped.length)).replace(/[,٫]/, '.');
  return number
    .replace(/^0+(?=\d)/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
