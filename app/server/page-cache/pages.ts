import { DAY } from '~/platform/clock';
import { ALL, POSTS, threadKey } from '~db/cache-tags';

/**
 * What an answer hangs on, besides its address and the reader's language: versions in the
 * database, and for some the day (UTC).
 */
export interface Dependencies {
  keys: readonly string[];
  day: number | null;
}

interface Kind {
  path: RegExp;
  on: 'site' | 'posts' | 'thread';
  /** It says something about "the last 90 days" or "until now". */
  daily?: true;
}

/*
 * The pages that are the same for all visitors without a session. Deny by default: what is not
 * named here is made anew for everybody. No cookie but that of the language may be read on the
 * way to them, no clock but by the day, and no form in them may carry a key.
 */
const KINDS: readonly Kind[] = [
  // Not the card: it is a picture with a mark of its own, the same in every language.
  { path: /^\/t\/([^/]+)\/(?!card\.png$)[^/]+$/, on: 'thread' },
  { path: /^\/$/, on: 'posts' },
  { path: /^\/threads$/, on: 'posts' },
  { path: /^\/search$/, on: 'posts', daily: true },
  { path: /^\/barriers$/, on: 'posts', daily: true },
  { path: /^\/barriers\/kinds\/[^/]+$/, on: 'posts', daily: true },
  { path: /^\/countries\/[^/]+$/, on: 'posts', daily: true },
  { path: /^\/regions\/[^/]+$/, on: 'posts', daily: true },
  { path: /^\/pillars\/[^/]+$/, on: 'posts', daily: true },
  { path: /^\/digests(\/[^/]+){0,2}$/, on: 'posts' },
  { path: /^\/u\/[^/]+$/, on: 'posts' },
  { path: /^\/(about|rules|privacy|glossary)$/, on: 'site' },
  { path: /^\/feed\.xml$/, on: 'posts' },
  { path: /^\/(regions|digests)\/([^/]+\/)?feed\.xml$/, on: 'posts' },
  { path: /^\/sitemap\.xml$/, on: 'posts' },
  { path: /^\/api\/v1\/(threads(\/[^/]+)?|digests)$/, on: 'posts' },
];

/** What a page hangs on; null where it is nobody's but the asker's, or not known to be. */
export function dependenciesOf(path: string, now: number): Dependencies | null {
  for (const kind of KINDS) {
    const match = kind.path.exec(path);
    if (!match) continue;
    const keys = [ALL];
    if (kind.on === 'posts') keys.push(POSTS);
    if (kind.on === 'thread') keys.push(threadKey(decoded(match[1] ?? '')));
    return { keys, day: kind.daily ? Math.floor(now / DAY) : null };
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
