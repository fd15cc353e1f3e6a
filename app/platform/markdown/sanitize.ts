import sanitizeHtml from 'sanitize-html';
import { readAbsoluteUrl } from '~/platform/text/absolute-url';
import { FOOTNOTE_ID } from './footnotes';
import { removeControls } from './source';

/** `ugc nofollow` makes link spam worthless; `noopener` protects pages that open windows. */
const LINK_REL = 'nofollow ugc noopener';

const HEADINGS = ['h3', 'h4', 'h5', 'h6'];
const DIRECTED = ['p', ...HEADINGS, 'blockquote', 'ul', 'ol', 'li', 'table', 'th', 'td', 'pre'];
const PLAIN = ['thead', 'tbody', 'tr', 'hr', 'br', 'em', 'strong', 'del', 'code', 'a', 'sup'];

const dir = { name: 'dir', values: ['auto', 'ltr', 'rtl'] };
const align = { name: 'align', values: ['left', 'center', 'right'] };
const scope = { name: 'scope', values: ['col'] };
const role = { name: 'role', values: ['doc-noteref', 'doc-backlink'] };

/**
 * All elements and attributes allowed in a post; everything else is removed. Not allowed on
 * purpose: `name` and every `id` except a footnote's (they would collide with the page's anchors
 * and script globals), `style`, `target`, images, form controls, and every class except a code
 * block's language.
 */
const ALLOWLIST: sanitizeHtml.IOptions = {
  allowedTags: [...DIRECTED, ...PLAIN],
  allowedAttributes: {
    ...Object.fromEntries(DIRECTED.map((tag) => [tag, [dir]])),
    a: ['href', 'title', 'rel', 'id', role],
    li: ['id', dir],
    ol: ['start', dir],
    th: [scope, align, dir],
    td: [align, dir],
  },
  allowedClasses: { code: [/^language-[a-z0-9-]{1,30}$/] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: {
    // Done here and not in the renderer, because character references are resolved only here.
    a: (tagName, { href = '', title, id, role: kind }) => ({
      tagName,
      attribs: {
        ...(isLinkable(href) && { href, rel: LINK_REL }),
        ...(title !== undefined && { title }),
        ...(isFootnote(href) && { href, ...footnoteId(id), ...(kind && { role: kind }) }),
      },
    }),
    li: (tagName, { id, ...attribs }) => ({
      tagName,
      attribs: { ...footnoteId(id), ...attribs },
    }),
  },
  // A link without a target becomes its text.
  exclusiveFilter: ({ tag, attribs }) => (tag === 'a' && !attribs.href ? 'excludeTag' : false),
};

/** True if a link points to a footnote of the same post, or back from it. */
function isFootnote(href: string): boolean {
  return href.startsWith('#') && FOOTNOTE_ID.test(href.slice(1));
}

function footnoteId(id: string | undefined): { id?: string } {
  return id !== undefined && FOOTNOTE_ID.test(id) ? { id } : {};
}

/** True if a URL may be linked: absolute http or https, or an email address. */
function isLinkable(href: string): boolean {
  return readAbsoluteUrl(href) !== null || (/^mailto:/i.test(href) && URL.canParse(href));
}

/** Second line of defence: keeps only what the allowlist allows, whatever made the HTML. */
export function sanitize(html: string): string {
  // Resolving character references may have reintroduced control characters.
  return removeControls(sanitizeHtml(html, ALLOWLIST));
}
