import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, gt, notExists, sql } from 'drizzle-orm';
import { indexDigest } from '~/domain/digests/index-digest';
import { postsInAnyState } from '~/domain/forum/visibility';
import { removeEntry } from '~/domain/search/entries';
import { indexPost } from '~/domain/search/index-post';
import type { AppContext } from '~/platform/app-context';
import { forEachApart, type ItemError } from '~/platform/errors';
import { idsOf } from '~/platform/ids';
import { findValue, putValue } from '~/platform/installation-values';
import { digests, posts, searchEntries } from '~db/schema';

/** To be increased when what is indexed, tokenising or normalising changes: the first start indexes anew. */
const VERSION = '5';
const NAME = 'search-index';

/** Number of posts indexed in one transaction: few enough to let other writers in between. */
const BATCH = 50;

/** Indexes everything again if this database has not been indexed, or with another version. */
export async function rebuildStaleIndex(app: AppContext): Promise<{ errors: ItemError[] }> {
  const indexed = await findValue(app.db.reader, NAME);
  return indexed === VERSION ? { errors: [] } : rebuildIndex(app);
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
    const published = await tx
      .select({ id: digests.id })
      .from(digests)
      .where(eq(digests.state, 'published'));
    const { errors } = await forEachApart(
      published,
      ({ id }) => `digest ${id}`,
      ({ id }) => indexDigest(tx, app.community, id),
    );
    counts.digests = published.length;
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
    return errors;
  });
  return { ...counts, errors };
}
