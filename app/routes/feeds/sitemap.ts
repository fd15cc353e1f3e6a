import type { LoaderFunctionArgs } from '@remix-run/node';
import { keyPointsOf } from '~/domain/barriers/key-points/key-points';
import { keyPointPath } from '~/domain/barriers/key-points/paths';
import { publishedDigestAddresses } from '~/domain/digests/published';
import { openConversations } from '~/domain/forum/conversations/conversations';
import { threadPath } from '~/domain/forum/paths';
import { publicThreadAddresses } from '~/domain/forum/threads/threads';
import { pathTo } from '~/platform/paths';
import { regions } from '~/platform/places/places';
import { escapeXml } from '~/platform/text/escape-html';

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

/** The protocol allows 50,000 URLs per file; the most recently active threads come first. */
const MOST_THREADS = 40_000;
const MOST_DIGESTS = 5_000;
const MOST_KEY_POINTS = 4_000;

interface Entry {
  path: string;
  changed?: number;
}

/** https://www.sitemaps.org/protocol.html */
export async function loader({ context }: LoaderFunctionArgs) {
  const { community, config, db } = context.app;
  const conversations = await openConversations(db.reader);
  const threads = await publicThreadAddresses(db.reader, MOST_THREADS);
  const digests = await publishedDigestAddresses(db.reader, MOST_DIGESTS);
  const points = await keyPointsOf(db.reader, { limit: MOST_KEY_POINTS });
  const entries: Entry[] = [
    ...PAGES.map((path) => ({ path })),
    ...community.pillars.map((pillar) => ({
      path: pathTo('/pillars/:slug', { slug: pillar }),
    })),
    ...regions.map(({ code }) => ({ path: pathTo('/regions/:m49', { m49: code }) })),
    ...points.map((point) => ({ path: keyPointPath(point) })),
    ...conversations.map(({ slug }) => ({ path: pathTo('/c/:slug', { slug }) })),
    ...threads.map((thread) => ({ path: threadPath(thread), changed: thread.activeAt })),
    ...digests.map(({ scope, period, publishedAt }) => ({
      path: pathTo('/digests/:scope/:period', { scope, period }),
      changed: publishedAt,
    })),
  ];
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...entries.map(({ path, changed }) => {
      const lastmod = changed ? `<lastmod>${new Date(changed).toISOString()}</lastmod>` : '';
      return `<url><loc>${escapeXml(config.origin + path)}</loc>${lastmod}</url>`;
    }),
    '</urlset>',
    '',
  ].join('\n');
  return new Response(body, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } });
}
