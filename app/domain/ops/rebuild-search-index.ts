import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, gt, notExists, sql } from 'drizzle-orm';
import { indexDigest } from '~/domain/digests/index-digest';
import { postsInAnyState } from '~/domain/forum/visibility';
import { removeEntry } from '~/domain/search/entries';
import { indexPost } from '~/domain/search/index-post';
import type { AppContext } from '~/platform/app-context';
import { type Community, originalKey } from '~/platform/community/community';
import { siteTranslator } from '~/platform/community/site-translator';
import { forEachApart, type ItemError } from '~/platform/errors';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { idsOf } from '~/platform/ids';
import { findValue, putValue } from '~/platform/installation-values';
import type { Db } from '~db/client';
import { digests, posts, searchEntries } from '~db/schema';

/** To be increased when what is indexed, tokenising or normalising changes: the first start indexes anew. */
const VERSION = '5';
const NAME = 'search-index';

/** Number of posts indexed in one transaction: few enough to let other writers in between. */
const BATCH = 50;

/** What holds the fingerprint of the names by which digests are found. */
const NAMES = 'search-index-names';

/**
 * Indexes everything again if this database has not been indexed, or with another version; digests also if
 * an administrator has renamed what they are found by.
 */
export async function rebuildStaleIndex(app: AppContext): Promise<{ errors: ItemError[] }> {
  const indexed = await findValue(app.db.reader, NAME);
  if (indexed !== VERSION) return rebuildIndex(app);
  const names = await findValue(app.db.reader, NAMES);
  if (names === namesKey(app.community)) return { errors: [] };
  return app.db.write((tx) => indexDigests(tx, app.community));
}

/** Returns the fingerprint of what kinds of barrier, topics and conversations are called in each language. */
function namesKey(community: Community): string {
  const names = LOCALE_TAGS.map((locale) => {
    const { name, short, conversationTitle } = siteTranslator(community, locale);
    return [
      community.all('barrier').map(({ slug }) => name('barrier', slug)),
      community.all('pillar').map(({ slug }) => short('pillar', slug)),
      [...community.conversations.keys()].map(conversationTitle),
    ];
  });
  return originalKey(JSON.stringify(names));
}

/** Indexes all published digests. */
async function indexDigests(
  tx: Db,
  community: Community,
): Promise<{ digests: number; errors: ItemError[] }> {
  const published = await tx
    .select({ id: digests.id })
    .from(digests)
    .where(eq(digests.state, 'published'));
  const { errors } = await forEachApart(
    published,
    ({ id }) => `digest ${id}`,
    ({ id }) => indexDigest(tx, community, id),
  );
  await putValue(tx, NAMES, namesKey(community));
  return { digests: published.length, errors };
}

/**
 * Indexes all posts and published digests again while the site runs; the search keeps working
 * meanwhile. Returns their numbers, and the digests that could not be read.
 */
export async function rebuildIndex(
  app: AppContext,
): Promise<{ posts: number; digests: number; errors: ItemError[] }> {
  const counts = { posts: 0, digests: 0 };
  let last = '';
  for (;;) {
    const batch = await app.db.write(async (tx) => {
      const rows = await tx
        .select({ id: posts.id })
        .from(postsInAnyState)
        .where(gt(posts.id, last))
        .orderBy(asc(posts.id))
        .limit(BATCH);
      for (const { id } of rows) await indexPost(tx, id);
      return idsOf(rows);
    });
    counts.posts += batch.length;
    last = batch.at(-1) ?? last;
    if (batch.length < BATCH) break;
    // SQLite never yields to the event loop, so without this pause no request would be served.
    await setImmediate();
  }
  const errors = await app.db.write(async (tx) => {
    const indexed = await indexDigests(tx, app.community);
    counts.digests = indexed.digests;
    const gone = await tx
      .select({ ref: searchEntries.ref })
      .from(searchEntries)
      .where(
        and(
          eq(searchEntries.kind, 'post'),
          notExists(
            tx.select({ one: sql`1` }).from(postsInAnyState).where(eq(posts.id, searchEntries.ref)),
          ),
        ),
      );
    for (const { ref } of gone) await removeEntry(tx, 'post', ref);
    await putValue(tx, NAME, VERSION);
    return indexed.errors;
  });
  return { ...counts, errors };
}
