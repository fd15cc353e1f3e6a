/*
 * What a stored post needs before it stands on a page with others: it knows nothing of the page
 * when it is rendered, once, as it is written.
 */

/** Words to be explained: one expression over all of them, and whose each spelling is. */
export interface Terms {
  /** Global; its matches do not overlap. */
  pattern: RegExp;
  /** The anchor of a match in the glossary. */
  slugOf(match: string): string | undefined;
}

export interface Dress {
  /** The post's own anchor: put before the ids of its footnotes, so that they are one of a kind. */
  anchor: string;
  terms?: Terms | undefined;
}

/** Sanitized HTML only: a `>` in an attribute is always written as a reference there. */
const TAG_OR_TEXT = /<(\/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+/g;

const FOOTNOTE_ATTRIBUTE = / (id="|href="#)(fn(?:ref)?-)/g;

/** Where a word is not the author's own running text, or is a link already. */
const UNEXPLAINED = new Set(['a', 'code', 'pre', 'blockquote', 'h3', 'h4', 'h5', 'h6']);

/**
 * Sanitized HTML as it stands in a page: footnotes lead to those of the same post, and a word of
 * the glossary leads to its explanation, the first time only. Takes time linear in the text.
 */
export function dress(html: string, { anchor, terms }: Dress): string {
  const explained = new Set<string>();
  let unexplained = 0;

  const explain = (text: string): string =>
    text.replace((terms as Terms).pattern, (match) => {
      const slug = terms?.slugOf(match);
      if (!slug || explained.has(slug)) return match;
      explained.add(slug);
      return `<a class="term" href="/glossary#${slug}">${match}</a>`;
    });

  return html.replace(TAG_OR_TEXT, (part, end, tag, attributes) => {
    if (!tag) return terms && unexplained === 0 ? explain(part) : part;
    if (UNEXPLAINED.has(tag)) unexplained += end ? -1 : 1;
    if (!attributes.includes('fn')) return part;
    return part.replace(FOOTNOTE_ATTRIBUTE, ` $1${anchor}-$2`);
  });
}
