import { eq } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { plainText } from '~/platform/markdown/plain-text';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { putEntry, removeEntry } from './entries';

/*
 * What search knows of posts. To be called in the transaction of everything that stores a post or
 * changes its text or its thread's title. Whether a post may be shown is not kept here: it is asked
 * when something was found.
 */

/** Takes a post into the index, or what was changed of it; an opening with its thread's title. */
export async function indexPost(tx: Db, postId: string): Promise<void> {
  const [post] = await tx
    .select({ html: posts.html, isOpening: posts.isOpening, title: threads.title })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(eq(posts.id, postId));
  if (!post) return removeEntry(tx, 'post', postId);
  await putEntry(tx, 'post', postId, post.isOpening ? post.title : '', plainText(post.html));
}

/** Forgets a post. One that is only hidden need not be forgotten. */
export async function removePost(tx: Db, postId: string): Promise<void> {
  await removeEntry(tx, 'post', postId);
}
