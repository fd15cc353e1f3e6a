import { inArray, type SQL, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts } from '~db/schema';

/*
 * Where a moderator has the place of a quote told by its region only, the digest tells the country of its
 * author nowhere: all their posts are counted, named and listed by the region. Otherwise a row of a
 * table, a number of countries or a list of places would tell it again where nobody else wrote from there.
 */

/** Returns the ids of the authors of posts whose quotes are told by the region. */
export async function authorsOf(db: Db, postIds: readonly string[]): Promise<string[]> {
  if (postIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ id: posts.authorId })
    .from(postsInAnyState)
    .where(inArray(posts.id, [...postIds]));
  return rows.map(({ id }) => id);
}

/** The country of a post as a digest tells it; null for posts of these authors. */
export function countryTold(byRegion: readonly string[]): SQL<string | null> {
  if (byRegion.length === 0) return sql<string | null>`${posts.country}`;
  const theirs = inArray(posts.authorId, [...byRegion]);
  return sql<string | null>`case when ${theirs} then null else ${posts.country} end`;
}

/** Returns the countries of posts by id, as their authors show them. */
export async function countriesOf(
  db: Db,
  postIds: readonly string[],
): Promise<Map<string, string | null>> {
  if (postIds.length === 0) return new Map();
  const rows = await db
    .select({ id: posts.id, country: posts.country })
    .from(postsInAnyState)
    .where(inArray(posts.id, [...postIds]));
  return new Map(rows.map(({ id, country }) => [id, country]));
}
