import { desc, eq, max } from 'drizzle-orm';
import type { Db } from '~db/client';
import { digests } from '~db/schema';

export interface DigestAddress {
  /** `world`, M49 or alpha-2. */
  scope: string;
  /** A period's id. */
  period: string;
  /** Time of its newest version's publication, UTC ms. */
  publishedAt: number;
}

/** Returns the scopes and periods of published digests, newest first. */
export async function publishedDigestAddresses(db: Db, limit: number): Promise<DigestAddress[]> {
  const publishedAt = max(digests.publishedAt);
  const rows = await db
    .select({ scope: digests.scope, period: digests.period, publishedAt })
    .from(digests)
    .where(eq(digests.state, 'published'))
    .groupBy(digests.scope, digests.period)
    .orderBy(desc(publishedAt), digests.scope)
    .limit(limit);
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt ?? 0 }));
}
