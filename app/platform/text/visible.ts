/** Characters that show nothing, not even a space: fillers, joiners, the blank of Braille. */
const BLANK = /[\p{Default_Ignorable_Code_Point}\p{C}\u2800]/gu;

/** Those of them that no text on one line needs; scripts need the joiners, emoji their variants. */
const UNWANTED =
  /(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}|[\p{Cc}\p{Zl}\p{Zp}\u2800]/u;

/** How many characters of a text can be seen, spaces among them. */
export function visibleLength(text: string): number {
  return [...text.replace(BLANK, '')].length;
}

/** Whether a text holds characters that show nothing and that nobody needs. */
export function hasBlanks(text: string): boolean {
  return UNWANTED.test(text);
}

/** Without the characters that show nothing and that nobody needs. */
export function withoutBlanks(text: string): string {
  return text.replace(new RegExp(UNWANTED, 'gu'), '');
}
