import { countKeyPoints, keyPointsFrom } from '~/domain/barriers/key-points/key-points';
import { keyPointPath } from '~/domain/barriers/key-points/paths';
import { countDigestAddresses, publishedDigestAddresses } from '~/domain/digests/published';
import { openConversations } from '~/domain/forum/conversations/conversations';
import { threadPath } from '~/domain/forum/paths';
import { countThreads, publicThreadAddresses } from '~/domain/forum/threads/threads';
import type { AppContext } from '~/platform/app-context';
import { pathTo } from '~/platform/paths';
import { regions } from '~/platform/places/places';
import { escapeXml } from '~/platform/text/escape-html';

/* The URLs in the sitemap, in files of which each is made from a bounded number of rows. */

const PAGES = [
  '/',
  pathTo('/threads'),
  pathTo('/barriers'),
  pathTo('/digests'),
  pathTo('/moderation'),
  pathTo('/glossary'),
  pathTo('/accessibility'),
  pathTo('/about'),
  pathTo('/rules'),
  pathTo('/privacy'),
];

interface Entry {
  path: string;
  changed?: number;
}

interface Part {
  /** So many are in one file. */
  size: number;
  count: (app: AppContext) => Promise<number>;
  entries: (app: AppContext, page: { limit: number; offset: number }) => Promise<Entry[]>;
}

const PARTS: Record<string, Part> = {
  pages: {
    size: Number.POSITIVE_INFINITY,
    count: async () => PAGES.length,
    entries: pageEntries,
  },
  // What makes a key point takes longest to read.
  'key-points': {
    size: 100,
    count: ({ db }) => countKeyPoints(db.reader),
    async entries({ db, community }, page) {
      const points = await keyPointsFrom(db.reader, community, page);
      return points.map((point) => ({ path: keyPointPath(point) }));
    },
  },
  threads: {
    size: 1000,
    count: ({ db }) => countThreads(db.reader, {}, 'new'),
    async entries({ db }, page) {
      const threads = await publicThreadAddresses(db.reader, page);
      return threads.map((thread) => ({ path: threadPath(thread), changed: thread.activeAt }));
    },
  },
  digests: {
    size: 1000,
    count: ({ db }) => countDigestAddresses(db.reader),
    async entries({ db }, page) {
      const digests = await publishedDigestAddresses(db.reader, page);
      return digests.map(({ scope, period, publishedAt }) => ({
        path: pathTo('/digests/:scope/:period', { scope, period }),
        changed: publishedAt,
      }));
    },
  },
};

async function pageEntries({ community, db }: AppContext): Promise<Entry[]> {
  const conversations = await openConversations(db.reader);
  return [
    ...PAGES.map((path) => ({ path })),
    ...community.pillars.map((pillar) => ({ path: pathTo('/pillars/:slug', { slug: pillar }) })),
    ...regions.map(({ code }) => ({ path: pathTo('/regions/:m49', { m49: code }) })),
    ...conversations.map(({ slug }) => ({ path: pathTo('/c/:slug', { slug }) })),
  ];
}

/** Returns the names of all files, `threads-2`; each kind of page has at least one. */
export async function sitemapFiles(app: AppContext): Promise<string[]> {
  const files: string[] = [];
  for (const [name, { size, count }] of Object.entries(PARTS)) {
    const pages = Math.max(1, Math.ceil((await count(app)) / size));
    for (let page = 1; page <= pages; page++) files.push(`${name}-${page}`);
  }
  return files;
}

/** True if each kind of page fits into one file, so that all can be one file together. */
export function isSmall(files: readonly string[]): boolean {
  return files.length === Object.keys(PARTS).length;
}

/** Returns the URLs of a file; null if there is none of this name. */
export async function sitemapEntries(app: AppContext, file: string): Promise<Entry[] | null> {
  const [, name = '', number = ''] = /^([a-z-]+)-([1-9]\d{0,6})$/.exec(file) ?? [];
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (!part) return null;
  const page = Number(number);
  if (!Number.isFinite(part.size)) return page === 1 ? part.entries(app, WHOLE) : null;
  const entries = await part.entries(app, { limit: part.size, offset: (page - 1) * part.size });
  return entries.length > 0 || page === 1 ? entries : null;
}

const WHOLE = { limit: PAGES.length, offset: 0 };

/** https://www.sitemaps.org/protocol.html: pages in `urlset`, other files in `sitemapindex`. */
export function sitemapXml(
  kind: 'urlset' | 'sitemapindex',
  origin: string,
  entries: readonly Entry[],
): Response {
  const item = kind === 'urlset' ? 'url' : 'sitemap';
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<${kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`,
    ...entries.map(({ path, changed }) => {
      const lastmod = changed ? `<lastmod>${new Date(changed).toISOString()}</lastmod>` : '';
      return `<${item}><loc>${escapeXml(origin + path)}</loc>${lastmod}</${item}>`;
    }),
    `</${kind}>`,
    '',
  ].join('\n');
  return new Response(body, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } });
}
