import { and, desc, eq, inArray, or } from 'drizzle-orm';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { requireWriter } from '~/domain/forum/posts/permission';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { CountryCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { keyPointStances, keyPoints } from '~db/schema';
import type { Stance } from '~db/schema/evidence';
import { requireKeyPoint } from './change';
import { findKeyPoint } from './key-points';

/**
 * Takes a stance on a key point for oneself, in place of another one; `none` takes it back. It
 * keeps the country that is given, or else the person's own.
 * @throws DomainError when the key point is not shown, or the visitor may not write.
 */
export async function setStance(
  app: AppContext,
  visitor: Visitor,
  keyPointId: string,
  { stance, country }: { stance: Stance | 'none'; country: CountryCode | null },
): Promise<void> {
  const person = requireWriter(visitor);
  const about = [`person:${person.id}`] as const;
  await app.db.write(
    async (tx) => {
      const { id } = await requireKeyPoint(tx, keyPointId);
      const shown = await findKeyPoint(tx, app.community, id);
      if (!shown) throw new DomainError('missing', 'site.problem.404.title');
      if (((await stanceOf(tx, id, person.id)) ?? 'none') === stance) return;
      await tx
        .delete(keyPointStances)
        .where(
          and(
            eq(keyPointStances.userId, person.id),
            inArray(keyPointStances.keyPointId, withMerged(tx, id)),
          ),
        );
      if (stance === 'none') return;
      await tx.insert(keyPointStances).values({
        keyPointId: id,
        userId: person.id,
        stance,
        country: country ?? person.country,
        createdAt: app.clock.now(),
      });
    },
    { about },
  );
}

/** The stance that somebody has taken on a key point, or on what was merged into it, last. */
export async function stanceOf(
  db: Db,
  keyPointId: string,
  personId: string,
): Promise<Stance | null> {
  const rows = await db
    .select()
    .from(keyPointStances)
    .where(
      and(
        eq(keyPointStances.userId, personId),
        inArray(keyPointStances.keyPointId, withMerged(db, keyPointId)),
      ),
    )
    .orderBy(desc(keyPointStances.createdAt));
  const last = rows.filter(({ createdAt }) => createdAt === rows[0]?.createdAt);
  const own = last.find((one) => one.keyPointId === keyPointId) ?? last[0];
  return own?.stance ?? null;
}

/** The key point and what was merged into it. */
function withMerged(db: Db, id: string) {
  return db
    .select({ id: keyPoints.id })
    .from(keyPoints)
    .where(or(eq(keyPoints.id, id), eq(keyPoints.mergedIntoId, id)));
}
