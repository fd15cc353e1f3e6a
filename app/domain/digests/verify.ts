import { and, eq, inArray } from 'drizzle-orm';
import { nameIsShared } from '~/domain/accounts/users/impersonation';
import { stillSays } from '~/domain/barriers/key-points/best-sentence';
import { postsInAnyState, publicPost } from '~/domain/forum/visibility';
import { inBatches } from '~/platform/batches';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { posts, threads, users } from '~db/schema';
import { type DigestContent, pointsIn, quotesOf, sourcesOf } from './content';
import { type QuotedSentence, sha256 } from './content-parts';
import type { Signer } from './signature';

/**
 * Returns the posts of a digest that may still be shown: public and, if quoted, unchanged; those
 * that are quoted with their author. Checked at each view, so that a hidden, deleted or edited post
 * disappears immediately, and names are those that threads show.
 */
export async function stillVisible(
  db: Db,
  content: DigestContent,
): Promise<Map<string, Signer | null>> {
  const visible = new Map<string, Signer | null>();
  for (const id of await publicPosts(db, sourcesOf(content))) visible.set(id, null);
  const quotes = quotesOf(content);
  const originals = await readOriginals(
    db,
    quotes.map((quote) => quote.postId),
  );
  for (const quote of quotes) {
    const original = originals.get(quote.postId);
    if (!matches(quote, original)) visible.delete(quote.postId);
    else if (visible.has(quote.postId)) visible.set(quote.postId, original.signer);
  }
  for (const id of await withoutTitles(db, content)) visible.delete(id);
  return visible;
}

/** Returns the posts whose words were a key point's title, and which do not say them any more. */
async function withoutTitles(db: Db, content: DigestContent): Promise<string[]> {
  const titles = pointsIn(content)
    .flatMap(({ texts }) => texts)
    .flatMap(({ source, sentence }) => (source ? [{ source, sentence }] : []));
  const sources = [...new Set(titles.map(({ source }) => source))];
  const rows = await inBatches(sources, (batch) =>
    db
      .select({ id: posts.id, html: posts.html })
      .from(postsInAnyState)
      .where(inArray(posts.id, batch)),
  );
  const htmlOf = new Map(rows.map(({ id, html }) => [id, html]));
  return titles
    .filter(({ source, sentence }) => !stillSays(htmlOf.get(source) ?? '', sentence))
    .map(({ source }) => source);
}

/** Returns the authors of posts, whatever the posts' state. */
export async function readSigners(
  db: Db,
  postIds: readonly string[],
): Promise<Map<string, Signer>> {
  const originals = await readOriginals(db, postIds);
  return new Map([...originals].map(([id, { signer }]) => [id, signer]));
}

/** Returns those of the posts that are public. */
export async function publicPosts(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await inBatches(ids, (batch) =>
    db
      .select({ id: posts.id })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(inArray(posts.id, batch), publicPost())),
  );
  return new Set(idsOf(rows));
}

interface Original {
  body: string;
  revision: number;
  signer: Signer;
}

async function readOriginals(db: Db, postIds: readonly string[]): Promise<Map<string, Original>> {
  const rows = await inBatches([...new Set(postIds)], (batch) =>
    db
      .select({
        id: posts.id,
        body: posts.body,
        revision: posts.revision,
        signer: {
          handle: users.handle,
          name: users.name,
          shared: nameIsShared(db),
          industry: posts.industry,
          country: posts.country,
          region: posts.region,
        },
      })
      .from(postsInAnyState)
      .innerJoin(users, eq(users.id, posts.authorId))
      .where(inArray(posts.id, batch)),
  );
  return new Map(rows.map(({ id, ...original }) => [id, original]));
}

/** True if the post still contains the quote word for word, under the same handle. */
function matches(quote: QuotedSentence, original: Original | undefined): original is Original {
  if (!original || original.revision !== quote.revision) return false;
  const text = original.body.slice(quote.start, quote.end);
  return (
    original.signer.handle === quote.author && text === quote.text && sha256(text) === quote.hash
  );
}
