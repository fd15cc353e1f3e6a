import { Parser } from 'marked';
import { isVisible } from '~/platform/text/visible';
import { footnoteExtensions, placeNotes } from './footnotes';
import { BoundedLexer } from './lexer';
import { MarkdownLimitError } from './limit-error';
import { excerpt, plainText } from './plain-text';
import { PostRenderer } from './post-renderer';
import { sanitize } from './sanitize';
import { isTooLarge, isTooLong, normalizeLineEnds, removeControls } from './source';

/**
 * A rendered post: `html` is safe to insert into the page, `excerpt` is one line of plain text. Or
 * the reason why there is none: `empty` (nothing visible), `too-long` (the text), `too-large` (its
 * HTML), `too-deep` (quotes, lists or emphasis nested deeper than MAX_DEPTH).
 */
export type Rendered =
  | { ok: true; html: string; excerpt: string }
  | { ok: false; reason: 'empty' | 'too-long' | 'too-large' | 'too-deep' };

/**
 * Converts untrusted Markdown (GitHub's flavour, without raw HTML) into safe HTML. Pure and
 * synchronous. Crafted text within the limits can still take seconds: requests use
 * `createMarkdownRenderer`, which can stop it.
 */
export function renderMarkdown(source: string): Rendered {
  if (isTooLong(source)) return { ok: false, reason: 'too-long' };

  const text = removeControls(normalizeLineEnds(source));
  if (!isVisible(text)) return { ok: false, reason: 'empty' };

  try {
    const html = writeHtml(text);
    if (isTooLarge(html)) return { ok: false, reason: 'too-large' };
    const safe = sanitize(html);
    // It adds to every link how it may be followed.
    return isTooLarge(safe) ? { ok: false, reason: 'too-large' } : finish(safe);
  } catch (error) {
    if (error instanceof MarkdownLimitError) return { ok: false, reason: error.reason };
    // If some nesting is not counted by the lexer, the stack overflows: same result.
    if (error instanceof RangeError) return { ok: false, reason: 'too-deep' };
    throw error;
  }
}

/** Returns marked's HTML before sanitising; it must never be shown. */
export function writeHtml(text: string): string {
  const extensions = footnoteExtensions();
  const tokens = placeNotes(new BoundedLexer(extensions).lex(text));
  return Parser.parse(tokens, {
    gfm: true,
    renderer: new PostRenderer(),
    ...(extensions && { extensions }),
  });
}

/** Link definitions and rules alone render to nothing readable. */
function finish(html: string): Rendered {
  if (!isVisible(plainText(html))) return { ok: false, reason: 'empty' };
  return { ok: true, html: html.trim(), excerpt: excerpt(html) };
}
