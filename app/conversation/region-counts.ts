import { and, count, countDistinct, eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { posts, threads } from '../../db/schema';
import { childRegions, type PlaceCode, type RegionCode } from '../places/places';
import { postInRegion, regionsWithin } from './post-place';
import { publicPost } from './visibility';

/** How much was said from a place: contributions, or only that they are few. */
export type PlaceCount = { posts: number } | 'few';

/**
 * Counts of public posts for the regions directly inside a region and for all its countries. A place from
 * which fewer than `minAuthors` people wrote is `few`; one from which nobody wrote has no entry.
 */
export async function countsWithin(
  db: Db,
  region: RegionCode,
  minAuthors: number,
): Promise<Map<PlaceCode, PlaceCount>> {
  const counts = new Map<PlaceCode, PlaceCount>();
  const children = childRegions(region);
  const cells = [
    ...(children.length > 0 ? await countBy(db, region, childOf(children)) : []),
    ...(await countBy(db, region, sql<string | null>`${posts.country}`)),
  ];
  for (const { place, people, written } of cells) {
    if (place) counts.set(place, people < minAuthors ? 'few' : { posts: written });
  }
  return counts;
}

function countBy(db: Db, region: RegionCode, by: SQL<string | null>) {
  const place = by.as('place');
  return db
    .select({ place, written: count(), people: countDistinct(posts.authorId) })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(publicPost(), postInRegion(region)))
    .groupBy((cell) => cell.place);
}

/** Which of these regions a post is from. */
function childOf(children: readonly RegionCode[]): SQL<string | null> {
  const cases = children.map((child) => {
    const codes = sql.join(
      regionsWithin(child).map((code) => sql`${code}`),
      sql`, `,
    );
    return sql`when ${posts.region} in (${codes}) then ${child}`;
  });
  return sql`case ${sql.join(cases, sql` `)} end`;
}
