import { and, desc, eq, exists, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { affirmations, postBarriers, posts, threads } from '../../db/schema';
import { type PostPlace, postInRegion } from '../conversation/post-place';
import { type PostInThread, publicPostsOf } from '../conversation/posts';
import { publicPost, type Reader } from '../conversation/visibility';
import type { BarrierKind } from '../vocabularies/vocabularies';

const MOST = 3;

/**
 * What others from the same region reported of the same kinds, the most widely faced first:
 * somebody who meets the same may join them instead of saying it again.
 */
export async function reportedNearby(
  db: Db,
  { region }: PostPlace,
  kinds: readonly BarrierKind[],
  reader: Reader,
): Promise<PostInThread[]> {
  if (!region || kinds.length === 0) return [];
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        publicPost(),
        eq(posts.isOpening, false),
        reader.personId ? ne(posts.authorId, reader.personId) : undefined,
        postInRegion(region),
        raises(db, kinds),
      ),
    )
    .orderBy(desc(faces()), desc(posts.createdAt), desc(posts.id))
    .limit(MOST);
  return publicPostsOf(
    db,
    rows.map(({ id }) => id),
    reader,
  );
}

function raises(db: Db, kinds: readonly BarrierKind[]): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(postBarriers)
      .where(and(eq(postBarriers.postId, posts.id), inArray(postBarriers.kind, [...kinds]))),
  );
}

function faces(): SQL {
  return sql`(select count(*) from ${affirmations} where ${affirmations.postId} = ${posts.id})`;
}
