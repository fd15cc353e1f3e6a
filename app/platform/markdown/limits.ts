/**
 * The longest text of one post, in UTF-16 code units after line ends are normalised.
 *
 * Code units because a browser's `maxlength` counts them too, so that form and server agree, and
 * because they are what the parser's regular expressions walk over. 20,000 is about 3,000 words of
 * English, and keeps marked's quadratic inputs to seconds, of which MAX_MILLISECONDS allows one.
 */
export const MAX_BODY_CHARS = 20_000;

/**
 * How deep blocks may nest in blocks (quotes, lists), and spans in spans (emphasis, links).
 *
 * Long mail threads reach eight or nine levels of quotes. marked recurses at every level and
 * overflows its stack after some thousand.
 */
export const MAX_DEPTH = 20;

/**
 * The longest HTML made from one post, in UTF-16 code units.
 *
 * The densest honest Markdown, a list of one-letter items, grows about eightfold. What grows more
 * was built to: references that repeat one long address, tables that fill in thousands of cells.
 */
export const MAX_HTML_CHARS = 16 * MAX_BODY_CHARS;

/**
 * How long a worker may work on one post, in milliseconds that its thread has a processor: on a
 * machine that is busy with other things, an ordinary text takes no longer by this measure.
 */
export const MAX_MILLISECONDS = 1000;

/** How long that may take by the clock, in milliseconds: the thread has a tenth of a processor. */
export const MAX_CLOCK_MILLISECONDS = 10_000;

/**
 * How long a text may wait for a thread, in milliseconds. With two threads and texts made to be slow
 * only, that is twenty of them; whoever waits longer reads that it did not work and keeps the text.
 */
export const MAX_LINE_MILLISECONDS = 10_000;
