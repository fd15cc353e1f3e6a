/** Characters that show nothing, not even a space: fillers, joiners, the blank Braille pattern. */
const BLANK = /[\p{Default_Ignorable_Code_Point}\p{C}\u2800]/gu;

/** Blank characters that no line needs; not joiners (scripts) and variation selectors (emoji). */
const UNWANTED =
  /(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}|[\p{Cc}\p{Zl}\p{Zp}\u2800]/u;

/** Returns the number of visible characters, counting spaces. */
export function visibleLength(text: string): number {
  return [...text.replace(BLANK, '')].length;
}

/** True if a text contains blank characters that it does not need. */
export function hasBlanks(text: string): boolean {
  return UNWANTED.test(text);
}

/** Removes blank characters that a one-line text does not need. */
export function withoutBlanks(text: string): string {
  return text.replace(new RegExp(UNWANTED, 'gu'), '');
}
