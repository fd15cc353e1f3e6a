import { eq } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { plainText } from '~/platform/markdown/plain-text';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { putEntry, removeEntry } from './entries';

/*
 * Keeps the search index up to date. Call these in the transaction that stores a post or changes
 * its text or its thread's title. The index does not store whether a post may be shown: that is
 * checked at each search.
 */

/** Adds a post to the index or updates it; an opening post includes its thread's title. */
export async function indexPost(tx: Db, postId: string): Promise<void> {
  const [post] = await tx
    .select({ html: posts.html, isOpening: posts.isOpening, title: threads.title })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(eq(posts.id, postId));
  if (!post) return removeEntry(tx, 'post', postId);
  await putEntry(tx, 'post', postId, post.isOpening ? post.title : '', plainText(post.html));
}

/** Removes a post. A hidden post need not be removed. */
export async function removePost(tx: Db, postId: string): Promise<void> {
  await removeEntry(tx, 'post', postId);
}
