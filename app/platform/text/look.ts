import unhomoglyph from 'unhomoglyph';

/** Digits and signs that are written for letters. */
const WRITTEN_FOR: Record<string, string> = {
  ...{ '1': 'l', '!': 'l', '|': 'l', i: 'l', '0': 'o', '3': 'e', '4': 'a', '@': 'a' },
  ...{ '5': 's', $: 's', '7': 't' },
};

/**
 * What a text looks like, for comparing only: the skeleton of UTS #39, in which capitals count by
 * their own look and again as small letters, without accents, and with digits read as the letters
 * that they are written for. `ADMlN`, `adm1n` and `аdmіn` in Cyrillic letters look like `admin`.
 */
export function lookOf(text: string): string {
  const drawn = (part: string) =>
    unhomoglyph(part.normalize('NFKD').replace(/[\p{Default_Ignorable_Code_Point}]/gu, ''));
  return drawn(drawn(text).toLowerCase())
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/gu, '')
    .replace(/[i1!|03457@$]/g, (sign) => WRITTEN_FOR[sign] ?? sign);
}

/** The words of a name or handle; signs between letters are taken for letters. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .replace(/(?<=\p{L})[@$!|](?=\p{L})/gu, (sign) => WRITTEN_FOR[sign] ?? sign)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}
