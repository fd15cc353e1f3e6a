import unhomoglyph from 'unhomoglyph';

/** Digits and signs that are used in place of letters. */
const WRITTEN_FOR: Record<string, string> = {
  ...{ '1': 'l', '!': 'l', '|': 'l', i: 'l', '0': 'o', '3': 'e', '4': 'a', '@': 'a' },
  ...{ '5': 's', $: 's', '7': 't' },
};

/**
 * Returns what a text looks like, for comparison only: the skeleton of UTS #39, in lower case and
 * without accents, with digits replaced by the letters they resemble. Capitals are compared both by
 * their own shape and as small letters. `ADMlN`, `adm1n` and `аdmіn` in Cyrillic letters look like
 * `admin`.
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

/** Returns the words of a name or handle; signs between letters count as letters. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .replace(/(?<=\p{L})[@$!|](?=\p{L})/gu, (sign) => WRITTEN_FOR[sign] ?? sign)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}
