import { and, eq, inArray, or } from 'drizzle-orm';
import type { OverviewSubject } from '~/domain/barriers/overview';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { digestSources, postBarriers, postPillars } from '~db/schema';
import { type DigestEntry, listDigests } from './digests';

/** Number of digests searched, and maximum number returned. */
const LOOKED_AT = 50;
const NAMED = 5;

/** Returns the newest digests about a place, or with contributions about a kind or pillar. */
export async function subjectDigests(
  db: Db,
  { scope, kind, pillar }: OverviewSubject,
): Promise<DigestEntry[]> {
  if (scope) return listDigests(db, { scope, limit: NAMED });
  const newest = await listDigests(db, { limit: LOOKED_AT });
  const about = or(
    kind ? inArray(digestSources.postId, raising(db, kind)) : undefined,
    pillar ? inArray(digestSources.postId, concerning(db, pillar)) : undefined,
  );
  const rows = await db
    .selectDistinct({ id: digestSources.digestId })
    .from(digestSources)
    .where(and(inArray(digestSources.digestId, idsOf(newest)), about));
  const ids = new Set(idsOf(rows));
  return newest.filter(({ id }) => ids.has(id)).slice(0, NAMED);
}

function raising(db: Db, kind: string) {
  return db
    .select({ id: postBarriers.postId })
    .from(postBarriers)
    .where(eq(postBarriers.kind, kind));
}

function concerning(db: Db, pillar: string) {
  return db
    .select({ id: postPillars.postId })
    .from(postPillars)
    .where(eq(postPillars.pillar, pillar));
}
