import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '~/platform/config';
import { escapeXml } from '~/platform/text/escape-html';

/*
 * Embedded pages: what the site that shows one asks for by the query of its URL, and the HTML that
 * shows one.
 */

export const EMBED_THEMES = ['light', 'dark'] as const;

export interface EmbedOptions {
  /** A language (BCP 47); null: the reader's own. */
  language: string | null;
  /** Null: the reader's own. */
  theme: (typeof EMBED_THEMES)[number] | null;
  /** True if the page may tell its height by a script. */
  resize: boolean;
}

/** Reads the query of an embedded page; an empty or unknown value counts as none. */
export function readEmbedOptions(query: URLSearchParams): EmbedOptions {
  return {
    language: query.get('language') || null,
    theme: EMBED_THEMES.find((one) => one === query.get('theme')) ?? null,
    resize: query.get('resize') === '1',
  };
}

/** Returns the query for these options, with its question mark; empty for none. */
export function embedQuery({ language, theme, resize }: EmbedOptions): string {
  const query = new URLSearchParams({
    ...(language && { language }),
    ...(theme && { theme }),
    ...(resize && { resize: '1' }),
  });
  return query.size > 0 ? `?${query}` : '';
}

/**
 * True if the form to answer belongs on an embedded page: the page around it is on the keeper's list, or
 * the reader comes from the frame itself. Browsers need not say where a frame is; then there is no form.
 * Only the page's own policy (`embeddedFormHeaders`) keeps the form away from other sites.
 */
export function mayAnswerIn(
  { 'sec-fetch-site': site, referer = '' }: IncomingHttpHeaders,
  { answerOrigins }: Pick<Config, 'answerOrigins'>,
): boolean {
  if (site === 'same-origin') return true;
  return URL.canParse(referer) && answerOrigins.includes(new URL(referer).origin);
}

interface EmbedFrame {
  /** The absolute URL of the embedded page. */
  src: string;
  title: string;
  /** In CSS pixels, or a percentage. */
  width: number | string;
  height: number;
}

/**
 * Returns the HTML of a frame. Its referrer policy lets the page know on which site it is, whatever the
 * policy of that site.
 */
export function embedFrame({ src, title, width, height }: EmbedFrame): string {
  const of = { src, title, width, height, loading: 'lazy', referrerpolicy: 'strict-origin' };
  const attributes = Object.entries(of).map(
    ([name, value]) => `${name}="${escapeXml(`${value}`)}"`,
  );
  return `<iframe ${attributes.join(' ')} style="border:0"></iframe>`;
}
