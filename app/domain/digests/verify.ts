import { and, eq, inArray } from 'drizzle-orm';
import { postsInAnyState, publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads, users } from '~db/schema';
import { type DigestContent, quotesOf, sourcesOf } from './content';
import { type QuotedSentence, sha256 } from './content-parts';

/** Number of ids per query, because databases limit the number of parameters. */
const BATCH = 500;

/**
 * Returns the posts of a digest that may still be shown: public and, if quoted, unchanged. Checked
 * at each view, so that a hidden, deleted or edited post disappears immediately.
 */
export async function stillVisible(db: Db, content: DigestContent): Promise<Set<string>> {
  const visible = new Set<string>();
  for (const ids of batches(sourcesOf(content))) {
    for (const id of await publicPosts(db, ids)) visible.add(id);
  }
  const quotes = quotesOf(content);
  const originals = await readOriginals(db, [...new Set(quotes.map((quote) => quote.postId))]);
  for (const quote of quotes) {
    if (!matches(quote, originals.get(quote.postId))) visible.delete(quote.postId);
  }
  return visible;
}

/** Returns those of the posts that are public; for at most one query's number of ids. */
export async function publicPosts(db: Db, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inArray(posts.id, ids), publicPost()));
  return new Set(rows.map(({ id }) => id));
}

interface Original {
  body: string;
  revision: number;
  author: string;
}

async function readOriginals(db: Db, postIds: string[]): Promise<Map<string, Original>> {
  const originals = new Map<string, Original>();
  for (const ids of batches(postIds)) {
    const rows = await db
      .select({
        id: posts.id,
        body: posts.body,
        revision: posts.revision,
        author: users.handle,
      })
      .from(postsInAnyState)
      .innerJoin(users, eq(users.id, posts.authorId))
      .where(inArray(posts.id, ids));
    for (const { id, ...original } of rows) originals.set(id, original);
  }
  return originals;
}

/** True if the post still contains the quote word for word, under the same author name. */
function matches(quote: QuotedSentence, original: Original | undefined): boolean {
  if (!original || original.revision !== quote.revision) return false;
  const text = original.body.slice(quote.start, quote.end);
  return original.author === quote.author && text === quote.text && sha256(text) === quote.hash;
}

function* batches(ids: string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += BATCH) yield ids.slice(at, at + BATCH);
}
