import { and, count, eq, exists, gte, or } from 'drizzle-orm';
import type { Db } from '~db/client';
import { postBarriers, posts, threads } from '~db/schema';
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
  const [row] = await db
    .select({ n: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        answering(db, scope, period),
        exists(raising),
        or(gte(posts.createdAt, builtAt), gte(posts.shownAt, builtAt)),
      ),
    );
  return row?.n ?? 0;
}
