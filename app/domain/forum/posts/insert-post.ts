import { and, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import type { PostState } from '~db/schema/conversation';
import { prepared, preparedInsert } from '~db/statement-cache';
import type { PostDetails } from './post-fields';
import { insertLists, namedByAuthor } from './stored-details';

/** A post ready to be stored: rendered and validated. */
export interface NewPost extends PostDetails {
  id: string;
  threadId: string;
  authorId: string;
  isOpening: boolean;
  /** The contribution that a reply belongs to; null for a contribution. */
  parentId: string | null;
  /** The post that was replied to. */
  replyToId: string | null;
  state: Extract<PostState, 'visible' | 'held'>;
  body: string;
  html: string;
  excerpt: string;
  /** BCP 47. */
  language: string;
  createdAt: number;
  /** Time of the last edit; only for imports. */
  editedAt?: number | null;
  importedAt: number | null;
}

const insertRow = preparedInsert(posts);

const putActivity = prepared((db) => {
  const at = sql.placeholder('at');
  return db
    .update(threads)
    .set({ activeAt: at })
    .where(and(eq(threads.id, sql.placeholder('threadId')), lt(threads.activeAt, at)));
});

/** Stores a post with its fields; a visible one updates the time of the thread's last activity. */
export async function insertPost(tx: Db, post: NewPost): Promise<void> {
  // Imported posts keep the date on which they were written elsewhere.
  const shownAt = post.state === 'visible' ? (post.importedAt ?? post.createdAt) : null;
  const notBarrierAt = post.notBarrier && post.createdAt;
  await insertRow(tx, { ...post, shownAt, notBarrierAt });
  await insertLists(tx, post.id, post, namedByAuthor(post));
  if (post.state !== 'visible') return;
  await putActivity(tx, { threadId: post.threadId, at: post.createdAt });
}
