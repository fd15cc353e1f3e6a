import { and, eq, inArray, or } from 'drizzle-orm';
import type { OverviewSubject } from '~/domain/barriers/overview';
import type { Db } from '~db/client';
import { digestSources, postBarriers, postPillars } from '~db/schema';
import { type DigestEntry, listDigests } from './digests';

/** How far back it looks, and how many it names. */
const LOOKED_AT = 50;
const NAMED = 5;

/** The newest digests about a place, or that rest on contributions about a kind or a pillar. */
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
    .where(
      and(
        inArray(
          digestSources.digestId,
          newest.map(({ id }) => id),
        ),
        about,
      ),
    );
  const ids = new Set(rows.map(({ id }) => id));
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
