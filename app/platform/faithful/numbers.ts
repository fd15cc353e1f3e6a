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
  1000: 'thousand thousands mille milliers mil miles milhares ألف آلاف elfu ribu тысяча тысячу тысячи тысяч тыс हज़ार हजार',
  100000: 'lakh lakhs लाख',
  1000000:
    'million millions millón millones milhão milhões مليون ملايين milioni juta миллион миллиона миллионов млн',
  10000000: 'crore crores करोड़',
  1000000000:
    'billion billions milliard milliards bilhão bilhões مليار миллиард миллиарда миллиардов млрд',
};

const OF_WORDS = new Map(
  Object.entries(NUMBER_WORDS).flatMap(([number, words]) =>
    words.split(' ').map((word): [string, string] => [word, number]),
  ),
);

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
  /\d{1,3}(?:[.,٬'’\s]\d{3})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?|\p{L}[\p{L}\p{M}]*/gu;

/** Contains the word for a hundred, but is not a number. */
const PER_CENT = /\b(?:per ?cent|pour cent|por ciento|por cento)\b|(?:في ال|بال)(?:مئة|مائة)/gu;

/** Returns all numbers in a text, in order. */
export function numbersIn(text: string): FoundNumber[] {
  const plain = asciiDigits(text.normalize('NFKC')).toLowerCase().replace(PER_CENT, '%');
  const found: FoundNumber[] = [];
  for (const match of plain.matchAll(NUMBERS)) {
    const number = /^\d/.test(match[0]) ? plainNumber(match[0]) : numberOfWord(match[0]);
    if (number === null) continue;
    const [of = ''] = plain.slice(match.index + match[0].length).match(/\p{L}[\p{L}\p{M}]*/u) ?? [];
    found.push({ number, of });
  }
  return found;
}

function plainNumber(digits: string): string {
  const grouped = /^\d{1,3}(?:[.,٬'’\s]\d{3})+(?!\d)/.exec(digits)?.[0] ?? '';
  const whole = grouped.replace(/\D/g, '');
  const number = (whole + digits.slice(grouped.length)).replace(/[,٫]/, '.');
  return number.replace(/^0+(?=\d)/, '');
}
