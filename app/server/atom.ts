import { escapeXml } from '~/platform/text/escape-html';
import { tagIsKnown, weakTag } from './etag';

/** An entry of a feed. Paths belong to this site and begin with a slash. */
export interface AtomEntry {
  /** The permanent path: also the entry's id. */
  path: string;
  title: string;
  author: string;
  /** UTC milliseconds. */
  published: number;
  updated: number;
  /** BCP 47. */
  language?: string;
  /** Safe HTML with absolute links. */
  html?: string;
  /** Plain text. */
  summary?: string;
  /** Slugs from our vocabularies. */
  categories?: readonly string[];
}

/** A feed (RFC 4287). */
export interface AtomFeed {
  title: string;
  subtitle?: string;
  /** Path of the feed, and of the page it belongs to. */
  self: string;
  page: string;
  /** Path of the feed with older entries, if there are any (RFC 5005, paged feeds). */
  next?: string | null;
  language: string;
  /** Date of the feed while it has no entries. */
  since: number;
  entries: readonly AtomEntry[];
}

/**
 * Responds to a feed request: with 304 if the client already has this version (RFC 9110, 13.1).
 * `origin` is the site's public URL without a trailing slash.
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

/** Returns the feed as an XML document. */
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
    ...(feed.next
      ? [`<link rel="next" type="application/atom+xml" href="${url(feed.next)}"/>`]
      : []),
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
    ...(entry.html ? [`<content type="html">${escapeXml(entry.html)}</content>`] : []),
    '</entry>',
  ].join('\n');
}

function lastUpdate({ entries, since }: AtomFeed): number {
  return entries.reduce((latest, { updated }) => Math.max(latest, updated), since);
}

/** If `If-None-Match` is present it decides; otherwise the date does. */
function isKnown(headers: Headers, etag: string, updated: number): boolean {
  if (headers.has('If-None-Match')) return tagIsKnown(headers.get('If-None-Match'), etag);
  const since = Date.parse(headers.get('If-Modified-Since') ?? '');
  return Math.floor(updated / 1000) * 1000 <= since;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
