import { eq, exists, gte, or } from 'drizzle-orm';
import { countPosts } from '~/domain/forum/posts/count-posts';
import type { Db } from '~db/client';
import { postBarriers, posts } from '~db/schema';
import { answering } from './contributions';
import type { Digest } from './digests';

/** Counts contributions of the scope and period that became public after the digest was made. */
export async function countLate(
  db: Db,
  { scope, period, builtAt }: Pick<Digest, 'scope' | 'period' | 'builtAt'>,
): Promise<number> {
  const raising = db
    .select({ kind: postBarriers.kind })
    .from(postBarriers)
    .where(eq(postBarriers.postId, posts.id));
  return countPosts(
    db,
    answering(db, scope, period),
    exists(raising),
    or(gte(posts.createdAt, builtAt), gte(posts.shownAt, builtAt)),
  );
}
