import { FILTER_NAMES } from '~/domain/barriers/query';
import { THREAD_PARAMETERS } from '~/domain/forum/threads/thread-query';
import { FILTERS } from '~/domain/search/search-query';
import type { RoutePattern } from '~/routes';
import type { EmbedOptions } from '~/server/embed';

const EMBED_PARAMETERS = ['language', 'theme', 'resize'] satisfies (keyof EmbedOptions)[];

/*
 * Pages that are the same for all visitors without a session or a remembered place, each with the
 * query parameters that it reads. Other parameters are removed, so that they cannot create separate
 * cache entries. A page that is not listed here is never shared. Code for these pages must read no
 * cookie except the language, no time finer than the day (a job marks what changes in between), and
 * must contain no form key. Embedded pages
 * also depend on whether they may take answers, and on no cookie.
 */
const PAGES: Partial<Record<RoutePattern | '/key-points/:id', readonly string[] | null>> = {
  '/': [],
  '/threads': THREAD_PARAMETERS,
  '/c/:slug': ['in'],
  '/c/:slug/feed.xml': ['before'],
  // An image with its own ETag, the same in every language.
  '/t/:id/card.png': null,
  '/t/:id/feed.xml': ['before'],
  '/t/:id/:slug?': ['page', 'sort', 'language', 'in', 'read', 'replyTo', 'quote', 'part'],
  '/p/:id/whole': ['page', 'read'],
  '/search': ['q', ...FILTERS, 'page'],
  '/barriers': [...FILTER_NAMES, 'page'],
  '/barriers.json': FILTER_NAMES,
  '/barriers.csv': FILTER_NAMES,
  '/barriers/kinds/:kind': [],
  '/key-points/:id/feed.xml': [],
  '/key-points/:id': ['page'],
  '/key-points/:id/:slug?': ['page'],
  '/key-points/:id.json': ['page'],
  '/countries/:alpha2': [],
  '/regions/:m49': [],
  '/regions/:m49/feed.xml': ['before'],
  '/pillars/:slug': ['page'],
  '/digests': [],
  '/digests/:scope': [],
  '/digests/:scope/:period': ['version'],
  '/digests/:scope/:period/v/:version': ['version'],
  '/u/:handle': ['page'],
  '/moderation': ['page'],
  '/about': [],
  '/rules': [],
  '/privacy': [],
  '/glossary': [],
  '/accessibility': [],
  '/embed/c/:slug': EMBED_PARAMETERS,
  '/embed/t/:id': EMBED_PARAMETERS,
  '/embed/regions/:m49': EMBED_PARAMETERS,
  '/feed.xml': ['before'],
  '/sitemap.xml': [],
  '/sitemap/:file.xml': [],
  '/api/v1/threads': ['conversation', 'cursor', 'limit'],
  '/api/v1/threads/:id': ['cursor', 'limit'],
  '/api/v1/barriers': FILTER_NAMES,
  '/api/v1/digests': ['cursor', 'limit'],
};

// Where an optional parameter is missing, most pages only redirect, so that these are not shared.
const MATCHERS = Object.entries(PAGES).map(([pattern, parameters]) => ({
  path: new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/:\w+\??/g, '[^/]+')}$`),
  parameters,
}));

/** Returns a shared page's cache address: its path and parameters in order; null if not shared. */
export function sharedAddress(url: string): string | null {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const parameters = MATCHERS.find((matcher) => matcher.path.test(path))?.parameters;
  if (!parameters) return null;
  if (at < 0) return path;
  const given = new URLSearchParams(url.slice(at));
  const read = parameters.flatMap((name) => given.getAll(name).map((value) => [name, value]));
  return read.length === 0 ? path : `${path}?${new URLSearchParams(read)}`;
}
