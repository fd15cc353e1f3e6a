/**
 * Maximum length of a post's text, in UTF-16 code units after line ends are normalised.
 *
 * Code units, because a browser's `maxlength` counts them too, so that form and server agree, and
 * because the parser's regular expressions work on them. 20,000 is about 3,000 English words. It
 * limits the time of marked's quadratic worst cases to seconds, of which MAX_MILLISECONDS allows
 * one.
 */
export const MAX_BODY_CHARS = 20_000;

/**
 * Maximum nesting of blocks in blocks (quotes, lists) and of spans in spans (emphasis, links).
 *
 * Long email threads reach eight or nine levels of quotes. marked recurses at every level and
 * overflows the stack at some thousand.
 */
export const MAX_DEPTH = 20;

/**
 * Maximum size of the HTML made from one post, in bytes of UTF-8: ten for each character of the
 * longest text. 20,000 letters of Devanagari take 60 kB, 5,000 list items of one letter 110 kB.
 * Text that grows more was usually crafted: references that repeat a link 3,900 times, footnotes
 * with as many marks, tables that fill in thousands of cells.
 */
export const MAX_HTML_BYTES = 10 * MAX_BODY_CHARS;

/** CPU time that a worker may spend on one post, in ms; an ordinary text passes when busy. */
export const MAX_MILLISECONDS = 1000;

/** Elapsed time for the same, in ms; reached with less than a tenth of a processor. */
export const MAX_CLOCK_MILLISECONDS = 10_000;

/**
 * Maximum time a text may wait for a thread, in milliseconds. With two threads, that is twenty
 * texts made to be slow. After that, the author sees an error and keeps the text.
 */
export const MAX_LINE_MILLISECONDS = 10_000;
