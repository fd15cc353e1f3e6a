import { and, desc, ne, type SQL, sql } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { ofKinds } from '~/domain/forum/posts/evidence';
import { postInRegion } from '~/domain/forum/posts/post-place';
import { type PostInThread, publicPostsOf } from '~/domain/forum/posts/posts';
import type { PostPlace } from '~/domain/forum/posts/typed-place';
import type { Reader } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { meToos, posts } from '~db/schema';
import { publicReports } from './public-reports';
import { likeliestMates } from './ranking/likeliest-mates';

const MOST = 3;
/** Number of reports with most me-toos in the region that are compared. */
const COMPARED = 60;

/** A report being written. */
export interface SimilarReportQuery {
  text: string;
  /** BCP 47. */
  language: string;
  place: PostPlace;
  kinds: readonly BarrierKind[];
}

/**
 * Returns other people's reports of the same kinds from the same region, most similar first but unlike
 * each other, and of equal ones those with most me-toos. A person who faces the same barrier can
 * say "I face this too" instead of reporting it again.
 */
export async function reportedNearby(
  db: Db,
  { text, language, place: { region }, kinds }: SimilarReportQuery,
  reader: Reader,
): Promise<PostInThread[]> {
  if (!region || kinds.length === 0) return [];
  const rows = await publicReports(db, {
    where: and(
      reader.personId ? ne(posts.authorId, reader.personId) : undefined,
      postInRegion(region),
      ofKinds(kinds),
    ),
    order: [desc(meTooCount())],
    limit: COMPARED,
  });
  // All have the same kinds, so they are compared as such.
  const candidates = rows.map((row) => ({ ...row, region, kinds, texts: [row] }));
  const ranked = likeliestMates({ text, language, region, kinds }, candidates, COMPARED);
  // At most one per author, so that several people are shown.
  const authors = new Set<string>();
  const chosen = ranked.filter(({ authorId }) => !authors.has(authorId) && authors.add(authorId));
  return publicPostsOf(
    db,
    chosen.slice(0, MOST).map(({ id }) => id),
    reader,
  );
}

/** How many people said “I face this too” of a post. */
export function meTooCount(): SQL {
  return sql`(select count(*) from ${meToos} where ${meToos.postId} = ${posts.id})`;
}
