import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '~db/client';
import { digestKeyPoints, digests } from '~db/schema';
import { newestOfEach } from './digest-key';

/** Returns the published digests that name a key point, newest first, one per scope and period. */
export async function digestsNaming(
  db: Db,
  keyPointId: string,
): Promise<{ scope: string; period: string; publishedAt: number }[]> {
  const rows = await db
    .select({
      scope: digests.scope,
      period: digests.period,
      version: digests.version,
      publishedAt: digests.publishedAt,
    })
    .from(digestKeyPoints)
    .innerJoin(digests, eq(digests.id, digestKeyPoints.digestId))
    .where(and(eq(digestKeyPoints.keyPointId, keyPointId), eq(digests.state, 'published')))
    .orderBy(desc(digests.publishedAt), desc(digests.version));
  return newestOfEach(rows).map(({ scope, period, publishedAt }) => ({
    scope,
    period,
    publishedAt: publishedAt ?? 0,
  }));
}
