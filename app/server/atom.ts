import { escapeXml } from '~/platform/text/escape-html';
import { tagIsKnown, weakTag } from './etag';

/** One entry of a feed. Paths are of this site and begin with a slash. */
export interface AtomEntry {
  /** The address that never changes: also the entry's id. */
  path: string;
  title: string;
  author: string;
  /** UTC milliseconds. */
  published: number;
  updated: number;
  /** BCP 47. */
  language?: string;
  /** Safe HTML, as it stands in the page. */
  html?: string;
  /** Plain text. */
  summary?: string;
  /** Terms of our vocabularies. */
  categories?: readonly string[];
}

/** A feed (RFC 4287). */
export interface AtomFeed {
  title: string;
  subtitle?: string;
  /** Where the feed is, and the page it belongs to. */
  self: string;
  page: string;
  language: string;
  /** When there is nothing in it yet: since when. */
  since: number;
  entries: readonly AtomEntry[];
}

/**
 * Answers a request for a feed: 304 when the reader has it already (RFC 9110, 13.1). `origin` is
 * the public address of the site, without a trailing slash.
 */
export function atomResponse(request: Request, origin: string, feed: AtomFeed): Response {
  const body = atomXml(origin, feed);
  const updated = lastUpdate(feed);
  const headers = {
    ETag: weakTag(body),
    'Last-Modified': new Date(updated).toUTCString(),
  };
  if (isKnown(request.headers, headers.ETag, updated)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(body, {
    headers: { ...headers, 'Content-Type': 'application/atom+xml; charset=utf-8' },
  });
}

/** The feed as a document. */
export function atomXml(origin: string, feed: AtomFeed): string {
  const url = (path: string) => escapeXml(origin + path);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(feed.language)}">`,
    `<id>${url(feed.self)}</id>`,
    `<title>${escapeXml(feed.title)}</title>`,
    ...(feed.subtitle ? [`<subtitle>${escapeXml(feed.subtitle)}</subtitle>`] : []),
    `<updated>${iso(lastUpdate(feed))}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${url(feed.self)}"/>`,
    `<link rel="alternate" type="text/html" href="${url(feed.page)}"/>`,
    ...feed.entries.map((entry) => entryXml(origin, entry)),
    '</feed>',
    '',
  ].join('\n');
}

function entryXml(origin: string, entry: AtomEntry): string {
  const url = escapeXml(origin + entry.path);
  const language = entry.language ? ` xml:lang="${escapeXml(entry.language)}"` : '';
  return [
    `<entry${language}>`,
    `<id>${url}</id>`,
    `<title>${escapeXml(entry.title)}</title>`,
    `<link rel="alternate" type="text/html" href="${url}"/>`,
    `<author><name>${escapeXml(entry.author)}</name></author>`,
    `<published>${iso(entry.published)}</published>`,
    `<updated>${iso(entry.updated)}</updated>`,
    ...(entry.categories ?? []).map((term) => `<category term="${escapeXml(term)}"/>`),
    ...(entry.summary ? [`<summary>${escapeXml(entry.summary)}</summary>`] : []),
    // Links within a text, as to its footnotes, are relative to the page it stands on.
    ...(entry.html
      ? [`<content type="html" xml:base="${url}">${escapeXml(entry.html)}</content>`]
      : []),
    '</entry>',
  ].join('\n');
}

function lastUpdate({ entries, since }: AtomFeed): number {
  return entries.reduce((latest, { updated }) => Math.max(latest, updated), since);
}

/** `If-None-Match` decides where it is given, and the date only where it is not. */
function isKnown(headers: Headers, etag: string, updated: number): boolean {
  if (headers.has('If-None-Match')) return tagIsKnown(headers.get('If-None-Match'), etag);
  const since = Date.parse(headers.get('If-Modified-Since') ?? '');
  return Math.floor(updated / 1000) * 1000 <= since;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
