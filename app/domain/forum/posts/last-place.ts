import { and, desc, eq, isNotNull, or, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { meToos, posts } from '~db/schema';
import { prepared } from '~db/statement-cache';

/** What a form offers again to the same person; form values, empty if not known. */
export interface LastPlace {
  /** An alpha-2 country or an M49 region. */
  country: string;
  /** An ISIC section. */
  industry: string;
}

const readNewest = prepared((db) =>
  db
    .select({
      place: sql<string | null>`coalesce(${posts.country}, ${posts.region}, ${posts.writtenFrom})`,
      industry: posts.industry,
    })
    .from(postsInAnyState)
    .where(
      and(
        eq(posts.authorId, sql.placeholder('personId')),
        or(isNotNull(posts.region), isNotNull(posts.writtenFrom), isNotNull(posts.industry)),
      ),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(1),
);

const readNewestMeToo = prepared((db) =>
  db
    .select({ country: meToos.country })
    .from(meToos)
    .where(and(eq(meToos.userId, sql.placeholder('personId')), isNotNull(meToos.country)))
    .orderBy(desc(meToos.createdAt))
    .limit(1),
);

/**
 * Returns the place and industry of a person's newest post that has either, or else the country of
 * their newest "I face this too"; null for none.
 */
export async function lastPlaceOf(db: Db, personId: string): Promise<LastPlace | null> {
  const [last] = await readNewest(db, { personId });
  if (last) return { country: last.place ?? '', industry: last.industry ?? '' };
  const [said] = await readNewestMeToo(db, { personId });
  return said?.country ? { country: said.country, industry: '' } : null;
}
