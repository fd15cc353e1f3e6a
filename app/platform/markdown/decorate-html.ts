import { pathTo } from '~/platform/paths';

/*
 * Adapts stored HTML to the page it is shown on: posts are rendered once, when written, without
 * knowledge of the page.
 */

/** Glossary terms: one expression that matches all of them, and the lookup for each spelling. */
export interface Terms {
  /** Global; its matches do not overlap. */
  pattern: RegExp;
  /** Returns the anchor of a match in the glossary. */
  slugOf(match: string): string | undefined;
}

export interface Decoration {
  /** Prefixed to the ids of the post's footnotes, to make them unique on the page. */
  anchor: string;
  terms?: Terms | undefined;
  /**
   * For HTML that is shown on other sites: the origin put before links to paths and, if given, the
   * post's URL put before links within the text.
   */
  absolute?: { origin: string; post: string };
}

/** For sanitised HTML only: a `>` in an attribute is always escaped there. */
const TAG_OR_TEXT = /<(\/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+/g;

/** A link to a footnote or profile; authors can only write absolute links. */
const RELATIVE_LINK = / href="(?=([#/]))/;

const FOOTNOTE_ATTRIBUTE = / (id="|href="#)(fn(?:ref)?-)/g;

/** Elements in which words are not explained: not the author's running text, or already a link. */
const UNEXPLAINED = new Set(['a', 'code', 'pre', 'blockquote', 'h3', 'h4', 'h5', 'h6']);

/**
 * Prepares sanitised HTML for a page: footnote links point to the notes of the same post, and the
 * first occurrence of each glossary term links to its explanation. Takes linear time.
 */
export function decorateHtml(html: string, { anchor, terms, absolute }: Decoration): string {
  const explained = new Set<string>();
  let unexplained = 0;

  const explain = (text: string): string =>
    text.replace((terms as Terms).pattern, (match) => {
      const slug = terms?.slugOf(match);
      if (!slug || explained.has(slug)) return match;
      explained.add(slug);
      return `<a class="term" href="${pathTo(`/glossary#${slug}`)}">${match}</a>`;
    });

  return html.replace(TAG_OR_TEXT, (part, end, tag, attributes) => {
    if (!tag) return terms && unexplained === 0 ? explain(part) : part;
    if (UNEXPLAINED.has(tag)) unexplained += end ? -1 : 1;
    const own = attributes.includes('fn')
      ? part.replace(FOOTNOTE_ATTRIBUTE, ` $1${anchor}-$2`)
      : part;
    if (!absolute || tag !== 'a') return own;
    const { origin, post } = absolute;
    return own.replace(RELATIVE_LINK, (start, sign) => start + (sign === '/' ? origin : post));
  });
}
