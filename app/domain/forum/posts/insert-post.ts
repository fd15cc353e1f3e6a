import { and, eq, lt } from 'drizzle-orm';
import type { Db } from '~db/client';
import { postBarriers, postPillars, posts, threads } from '~db/schema';
import type { PostState } from '~db/schema/conversation';

/** A post ready to be stored: its text already rendered, its vocabulary already checked. */
export interface NewPost {
  id: string;
  threadId: string;
  authorId: string;
  isOpening: boolean;
  /** The contribution that a reply stands under; null for a contribution. */
  parentId: string | null;
  /** The post that was answered. */
  replyToId: string | null;
  state: Extract<PostState, 'visible' | 'held'>;
  body: string;
  html: string;
  excerpt: string;
  /** BCP 47. */
  language: string;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** UN M49: the country's region, or the one the author gave instead of a country. */
  region: string | null;
  /** ISIC Rev. 4 section. */
  industry: string | null;
  /** 1 to 3. */
  impact: number | null;
  barriers: readonly string[];
  pillars: readonly string[];
  createdAt: number;
  importedAt: number | null;
}

/** Stores a post with its kinds and pillars; a visible one makes its thread active. */
export async function insertPost(tx: Db, post: NewPost): Promise<void> {
  const { barriers, pillars, ...row } = post;
  // Imported words carry the date on which they were written elsewhere.
  const shownAt = post.state === 'visible' ? (post.importedAt ?? post.createdAt) : null;
  await tx.insert(posts).values({ ...row, shownAt });
  if (barriers.length > 0) {
    await tx.insert(postBarriers).values(barriers.map((kind) => ({ postId: post.id, kind })));
  }
  if (pillars.length > 0) {
    await tx.insert(postPillars).values(pillars.map((pillar) => ({ postId: post.id, pillar })));
  }
  if (post.state !== 'visible') return;
  await tx
    .update(threads)
    .set({ activeAt: post.createdAt })
    .where(and(eq(threads.id, post.threadId), lt(threads.activeAt, post.createdAt)));
}
