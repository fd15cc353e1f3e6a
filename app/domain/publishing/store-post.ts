import { insertPost, type NewPost } from '~/domain/forum/posts/insert-post';
import type { Db } from '~db/client';
import { announce } from './post-events';

/**
 * Stores a post, visible or held, and announces that it is stored. Notifies nobody: for what a
 * member writes `publishPost` does, and imports stay silent.
 */
export async function storePost(tx: Db, post: NewPost): Promise<void> {
  await insertPost(tx, post);
  await announce(tx, { now: () => post.createdAt }, 'stored', [post]);
}
