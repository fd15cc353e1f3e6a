/**
 * The `dir` of an element that holds blocks, from their HTML: `rtl` if its first letter is
 * written from right to left, otherwise `auto`.
 *
 * A browser finding out `auto` skips descendants with a `dir` of their own, which all our blocks
 * have, and falls back to left-to-right: bullets and the bar beside a quotation would stand on the
 * wrong side of an Arabic text.
 */
export function containerDirection(html: string): 'rtl' | 'auto' {
  for (const [, letter] of html.matchAll(TAG_REFERENCE_OR_LETTER)) {
    if (letter) return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'auto';
  }
  return 'auto';
}

// One match at a time, so that there is nothing to backtrack into: as one expression over all of
// them it took time exponential in the number of quotation marks.
const TAG_REFERENCE_OR_LETTER = /<[^>]*>|&#?\w+;|(\p{L})/gu;

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mende_Kikakui}]/u;
