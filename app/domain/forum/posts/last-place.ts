import { and, desc, eq, isNotNull, or } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts } from '~db/schema';

/** What a form offers again to the same person; form values, empty if not known. */
export interface LastPlace {
  /** An alpha-2 country or an M49 region. */
  country: string;
  /** An ISIC section. */
  industry: string;
}

/** Returns the place and industry of a person's newest post that has either; null for none. */
export async function lastPlaceOf(db: Db, personId: string): Promise<LastPlace | null> {
  const [last] = await db
    .select({ country: posts.country, region: posts.region, industry: posts.industry })
    .from(postsInAnyState)
    .where(
      and(eq(posts.authorId, personId), or(isNotNull(posts.region), isNotNull(posts.industry))),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(1);
  return last
    ? { country: last.country ?? last.region ?? '', industry: last.industry ?? '' }
    : null;
}
