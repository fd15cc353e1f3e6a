import unhomoglyph from 'unhomoglyph';

/** Letters that resemble others and that UTS #39 does not list, after its table was applied. */
const SMALL_CAPITALS = Object.fromEntries(
  Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', (letter, at) => [
    letter,
    'abcdefghljklnoprstuvwyz'[at] ?? '',
  ]),
);

/** What signs, digits and letters are written for. Two letters that look like one are one. */
const WRITTEN_FOR: Record<string, string> = {
  ...{ '1': 'l', '!': 'l', '|': 'l', '0': 'o', '3': 'e', '4': 'a', '@': 'a' },
  ...{ '5': 's', $: 's', '7': 't', vv: 'w' },
  ...{ ʍ: 'rn', ᴍ: 'rn', ᴎ: 'n', и: 'n', π: 'n', ĸ: 'k', ᴙ: 'r', ⲁ: 'a', ᗩ: 'a', ⱥ: 'a', ɇ: 'e' },
  ...SMALL_CAPITALS,
};

const SIGNS = new RegExp(`vv|[${Object.keys(WRITTEN_FOR).join('').replace('vv', '')}]`, 'gu');

/** Accents and dots, also those that no language puts on the letter. */
const ACCENTS = /(?<=[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}])\p{M}+|[\u0300-\u036f]/gu;

/** Vowel signs of Arabic, and the line that stretches a word. */
const ARABIC_SIGNS = /[\u064b-\u065f\u0670\u0640]/g;

/** The capital of i, as Latin, Cyrillic and Greek write it. It is drawn like a small l. */
const CAPITAL_I = /[I\u0406\u0399]/g;

/**
 * Returns the shape of a text, for comparison only: the skeleton of UTS #39, in lower case and
 * without accents, with digits replaced by the letters they resemble. An I is meant as an i:
 * `waysToDraw` returns what else may be read.
 */
export function shapeOf(text: string): string {
  const drawn = (part: string) =>
    unhomoglyph(
      part
        .normalize('NFKD')
        .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
        .replace(CAPITAL_I, 'i'),
    );
  return drawn(drawn(text.replace(ACCENTS, '')).toLowerCase())
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(ARABIC_SIGNS, '')
    .replace(SIGNS, (sign) => WRITTEN_FOR[sign] ?? sign);
}

/**
 * Returns what a text looks like at a glance, for words that nobody may imitate: its shape, in which
 * i and l are one. `ADMlN`, `adm1n` and `аdmіn` in Cyrillic letters look like `admin`.
 */
export function lookOf(text: string): string {
  return shapeOf(text).replaceAll('i', 'l');
}

/**
 * Returns a text and what it may be read as: in small letters, in capitals, with capitals at the
 * beginnings; with I for an l among capitals or at a beginning, with l for an I after a small
 * letter, and with i for 1.
 */
export function waysToDraw(text: string): string[] {
  const read = [
    text,
    text.replace(/(?<!\p{L})l|(?<=\p{Lu}l*)l(?=l*\p{Lu})/gu, 'I'),
    text.replace(/(?<=\p{Ll})[I\u0406\u0399]/gu, 'l'),
    text.replaceAll('1', 'i'),
  ];
  const cases = read.flatMap((one) => {
    const small = one.toLowerCase();
    const begun = small.replace(/(?<!\p{L}\p{M}*)\p{L}/gu, (letter) => letter.toUpperCase());
    return [one, small, small.toUpperCase(), begun];
  });
  return [...new Set(cases)];
}

/** Returns the words of a name or handle; signs before letters count as letters. */
export function wordsOf(text: string): string[] {
  return (
    text
      // Compatibility forms below would turn this c into a sigma.
      .replace(/[ϲϹ]/g, 'c')
      .normalize('NFKC')
      .replace(/[@$!|](?=\p{L})/gu, (sign) => WRITTEN_FOR[sign] ?? sign)
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word !== '')
  );
}
