import { FILTER_NAMES } from '~/domain/barriers/query';
import { THREAD_PARAMETERS } from '~/domain/forum/threads/thread-query';
import { FILTERS } from '~/domain/search/search-query';

/*
 * The pages that are the same for all visitors without a session, each with the query parameters
 * that it reads: no other parameter reaches it, so that none can make a page of its own. Deny by
 * default: what is not named here is made anew for everybody. On the way to these pages no cookie
 * is read but that of the language, the clock tells no more than the day, and no form carries a key.
 */
const PAGES: Record<string, readonly string[] | null> = {
  '/': [],
  '/threads': THREAD_PARAMETERS,
  // A picture with a tag of its own, the same in every language.
  '/t/:id/card.png': null,
  '/t/:id/feed.xml': [],
  '/t/:id/:slug': ['page', 'sort', 'language', 'replyTo', 'quote', 'part'],
  '/search': ['q', ...FILTERS, 'page'],
  '/barriers': [...FILTER_NAMES, 'page'],
  '/barriers.json': FILTER_NAMES,
  '/barriers.csv': FILTER_NAMES,
  '/barriers/kinds/:kind': [],
  '/barriers/groups/:id': [],
  '/countries/:alpha2': [],
  '/regions/:m49': [],
  '/regions/:m49/feed.xml': [],
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
  '/feed.xml': [],
  '/sitemap.xml': [],
  '/api/v1/threads': ['cursor', 'limit'],
  '/api/v1/threads/:id': ['cursor', 'limit'],
  '/api/v1/barriers': FILTER_NAMES,
  '/api/v1/digests': ['cursor', 'limit'],
};

const MATCHERS = Object.entries(PAGES).map(([pattern, parameters]) => ({
  path: new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
  parameters,
}));

/**
 * The address of the shared page that a path with a query leads to: only what the page reads, in
 * one order. Null where the answer is nobody's but the asker's, or not known to be.
 */
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
