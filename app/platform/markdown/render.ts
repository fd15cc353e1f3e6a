import { Parser } from 'marked';
import { footnoteExtensions, notesLast } from './footnotes';
import { BoundedLexer } from './lexer';
import { MarkdownLimitError } from './limit-error';
import { MAX_HTML_CHARS } from './limits';
import { excerpt, plainText } from './plain-text';
import { PostRenderer } from './post-renderer';
import { sanitize } from './sanitize';
import { isTooLong, normalizeLineEnds, removeControls } from './source';

export { plainText } from './plain-text';

/**
 * A post made ready to show: `html` may stand in the page as it is, `excerpt` is one line of plain
 * text. Or why it cannot be: `empty` (nothing a reader would see), `too-long` (the text, or what it
 * would grow into), `too-deep` (quotes, lists or emphasis nested beyond MAX_DEPTH).
 */
export type Rendered =
  | { ok: true; html: string; excerpt: string }
  | { ok: false; reason: 'empty' | 'too-long' | 'too-deep' };

/** Anything but white space, invisible formatting characters and the blank Braille pattern. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Format}\u2800]/u;

/**
 * Turns untrusted Markdown (GitHub's flavour, without raw HTML) into safe HTML. Pure and
 * synchronous. Crafted text within the limits can still take seconds: requests go through
 * `createMarkdownRenderer`, which can stop it.
 */
export function renderMarkdown(source: string): Rendered {
  if (isTooLong(source)) return { ok: false, reason: 'too-long' };

  const text = removeControls(normalizeLineEnds(source));
  if (!VISIBLE.test(text)) return { ok: false, reason: 'empty' };

  try {
    const html = writeHtml(text);
    if (html.length > MAX_HTML_CHARS) return { ok: false, reason: 'too-long' };
    return finish(sanitize(html));
  } catch (error) {
    if (error instanceof MarkdownLimitError) return { ok: false, reason: error.reason };
    // Should some nesting escape the lexer's count, the stack overflows: the same answer.
    if (error instanceof RangeError) return { ok: false, reason: 'too-deep' };
    throw error;
  }
}

/** What marked makes of a text, before the sanitizer has seen it: never to be shown. */
export function writeHtml(text: string): string {
  const extensions = footnoteExtensions();
  const tokens = notesLast(new BoundedLexer(extensions).lex(text));
  return Parser.parse(tokens, {
    gfm: true,
    renderer: new PostRenderer(),
    ...(extensions && { extensions }),
  });
}

/** Link definitions and rules alone render to nothing that could be read. */
function finish(html: string): Rendered {
  if (!VISIBLE.test(plainText(html))) return { ok: false, reason: 'empty' };
  return { ok: true, html: html.trim(), excerpt: excerpt(html) };
}
