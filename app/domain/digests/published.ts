import { and, countDistinct, desc, eq, inArray, max, sql } from 'drizzle-orm';
import { DAY } from '~/platform/clock';
import { ancestors, WORLD } from '~/platform/places/places';
import type { Db } from '~db/client';
import { digests } from '~db/schema';
import { conversationOf, type DigestKey, pillarOf, scopeOf, topicOf } from './digest-key';
import { type Period, parsePeriod } from './period';

export interface DigestAddress {
  /** `world`, M49 or alpha-2. */
  scope: string;
  /** A period's id. */
  period: string;
  /** Time of its newest version's publication, UTC ms. */
  publishedAt: number;
}

/** Returns the scopes and periods of published digests, newest first. */
export async function publishedDigestAddresses(
  db: Db,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<DigestAddress[]> {
  const publishedAt = max(digests.publishedAt);
  const rows = await db
    .select({ scope: digests.scope, period: digests.period, publishedAt })
    .from(digests)
    .where(eq(digests.state, 'published'))
    .groupBy(digests.scope, digests.period)
    .orderBy(desc(publishedAt), digests.scope, digests.period)
    .limit(limit)
    .offset(offset);
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt ?? 0 }));
}

/** Counts the digests that have been published, each once, whatever its versions. */
export async function countDigestAddresses(db: Db): Promise<number> {
  const [row] = await db
    .select({ n: countDistinct(sql`${digests.scope} || ' ' || ${digests.period}`) })
    .from(digests)
    .where(eq(digests.state, 'published'));
  return row?.n ?? 0;
}

const MOST_NEAR = 3;

/**
 * Returns the published digests nearest to one that does not exist, nearest first: of the same place
 * or the regions around it, with or without the pillar, of the same or another period. If there are
 * none, the newest of all.
 */
export async function nearestDigests(
  db: Db,
  topic: DigestKey,
  period: Period,
): Promise<{ topic: string; period: string }[]> {
  const [scope, pillar] = [scopeOf(topic), pillarOf(topic)];
  const around = scope === 'world' ? [] : ancestors(scope);
  const places = [scope, ...around.map((code) => (code === WORLD ? 'world' : code))];
  const topics = places.flatMap((place) => [
    topicOf({ scope: place, pillar }),
    topicOf({ scope: place, conversation: conversationOf(topic) ?? undefined }),
    place,
  ]);
  const rows = await db
    .selectDistinct({ topic: digests.scope, period: digests.period })
    .from(digests)
    .where(and(eq(digests.state, 'published'), inArray(digests.scope, topics)));
  const near = rows.map((row) => {
    const other = parsePeriod(row.period);
    const months = other ? Math.abs(other.start - period.start) / (30 * DAY) : 1000;
    const steps = places.indexOf(scopeOf(row.topic as DigestKey));
    // A wider region, a month, another kind of period or a missing pillar count about the same.
    const otherKind = other?.kind === period.kind ? 0 : 0.5;
    const withoutPillar = pillarOf(row.topic as DigestKey) === pillar ? 0 : 1;
    return { ...row, far: steps + months + otherKind + withoutPillar };
  });
  if (near.length > 0) {
    return near.toSorted((a, b) => a.far - b.far).slice(0, MOST_NEAR);
  }
  const newest = await publishedDigestAddresses(db, { limit: MOST_NEAR });
  return newest.map(({ scope: place, period: id }) => ({ topic: place, period: id }));
}
