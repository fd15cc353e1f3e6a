import { and, eq, inArray } from 'drizzle-orm';
import { nameIsShared } from '~/domain/accounts/users/impersonation';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads, users } from '~db/schema';
import { quotesOf } from './content';
import type { Digest } from './digests';
import { toldByRegion } from './presses';
import type { Named } from './signature';
import { authorsOf, countryTold } from './told-by-region';

/** Data of a post for the list of sources. */
export interface SourceFacts {
  author: Named;
  /** ISO 3166-1 alpha-2 or UN M49. */
  place: string | null;
  /** UTC milliseconds. */
  createdAt: number;
}

/**
 * Returns the data of a digest's public posts by id; for at most as many ids as one page lists. Where
 * the digest tells only the region of an author, so do their sources.
 */
export async function describeSources(
  db: Db,
  { content, presses }: Pick<Digest, 'content' | 'presses'>,
  ids: readonly string[],
): Promise<Map<string, SourceFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      id: posts.id,
      country: countryTold(await authorsOf(db, toldByRegion(presses))),
      author: { handle: users.handle, name: users.name, shared: nameIsShared(db) },
      region: posts.region,
      createdAt: posts.createdAt,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(inArray(posts.id, [...ids]), publicPost()));
  const coarse = new Set(
    quotesOf(content).flatMap(({ postId, country }) => (country === null ? postId : [])),
  );
  return new Map(
    rows.map(({ id, country, region, ...facts }) => [
      id,
      { ...facts, place: coarse.has(id) ? region : (country ?? region) },
    ]),
  );
}
