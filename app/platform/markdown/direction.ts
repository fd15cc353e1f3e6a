/**
 * Returns the `dir` of an element that contains blocks, from their HTML: `rtl` if its first letter
 * is written from right to left, otherwise `auto`.
 *
 * When a browser resolves `auto` it skips descendants that have their own `dir`, as all our blocks
 * do, and falls back to left-to-right: bullets and the bar beside a quotation would be on the wrong
 * side of an Arabic text.
 */
export function containerDirection(html: string): 'rtl' | 'auto' {
  for (const [, letter] of html.matchAll(TAG_REFERENCE_OR_LETTER)) {
    if (letter) return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'auto';
  }
  return 'auto';
}

// Matches one item at a time, so that there is no backtracking: a single expression for the whole
// text took time exponential in the number of quotation marks.
const TAG_REFERENCE_OR_LETTER = /<[^>]*>|&#?\w+;|(\p{L})/gu;

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mende_Kikakui}]/u;
