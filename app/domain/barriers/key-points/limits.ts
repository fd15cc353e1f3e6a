/** The longest title and sentence of a key point, in characters. */
export const LONGEST_TITLE = 120;
export const LONGEST_SENTENCE = 240;
