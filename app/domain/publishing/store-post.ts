import { insertPost, type NewPost } from '~/domain/forum/posts/insert-post';
import type { Db } from '~db/client';
import { announce } from './post-events';

/**
 * Stores a post, visible or held, and announces that it was stored. Sends no notifications:
 * `publishPost` does that for posts of members, and imports send none.
 */
export async function storePost(tx: Db, post: NewPost): Promise<void> {
  await insertPost(tx, post);
  await announce(tx, { now: () => post.createdAt }, 'stored', [post]);
}
