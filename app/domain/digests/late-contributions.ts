import { and, countDistinct, exists, gt, gte, inArray, or } from 'drizzle-orm';
import { countPosts } from '~/domain/forum/posts/count-posts';
import type { Community } from '~/platform/community/community';
import type { Db } from '~db/client';
import { keyPointActs, posts } from '~db/schema';
import { answering, kindsOfPost } from './contributions';
import type { Digest } from './digests';
import { readKeyPoints } from './key-point-findings';

/** Counts contributions of the scope and period that became public after the digest was made. */
export async function countLate(
  db: Db,
  { scope, period, builtAt }: Pick<Digest, 'scope' | 'period' | 'builtAt'>,
): Promise<number> {
  return countPosts(
    db,
    answering(scope, period),
    exists(kindsOfPost(db)),
    or(gte(posts.createdAt, builtAt), gte(posts.shownAt, builtAt)),
  );
}

/**
 * Counts the key points of the scope and period that were made or changed after the digest was made:
 * a draft is often made before a moderator sorts the reports of its period.
 */
export async function countChangedKeyPoints(
  db: Db,
  community: Community,
  { scope, period, builtAt, content }: Pick<Digest, 'scope' | 'period' | 'builtAt' | 'content'>,
): Promise<number> {
  const now = await readKeyPoints(db, community, scope, period);
  const told = content.findings.map(({ keyPoint }) => keyPoint);
  const ids = [...new Set([...now.map(({ id }) => id), ...told])];
  const [changed] = await db
    .select({ n: countDistinct(keyPointActs.keyPointId) })
    .from(keyPointActs)
    .where(and(inArray(keyPointActs.keyPointId, ids), gt(keyPointActs.createdAt, builtAt)));
  return changed?.n ?? 0;
}
