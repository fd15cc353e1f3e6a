import { eq } from 'drizzle-orm';
import { NOWHERE, type PostPlace } from '~/domain/forum/posts/post-place';
import { postsInAnyState } from '~/domain/forum/visibility';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { postBarriers, postPillars, posts, threadPillars } from '~db/schema';
import type { Effect, EffectArgs } from './effect';

/** What a post is about and where it speaks from. */
export interface Tags {
  pillars: readonly string[];
  barriers: readonly string[];
  place: PostPlace;
}

/** Changes what a post is about and where it is from; of an opening, the thread's pillars too. */
export async function retag({ tx, matter: { post }, details }: EffectArgs): Promise<Effect> {
  if (!post) throw new DomainError('refused', 'moderation.error.notPossible');
  const before = await tagsOf(tx, post.id);
  const { pillars = [], barriers = [], place = NOWHERE } = details;
  await setTags(tx, post.id, { pillars, barriers, place });
  return { change: { before, after: { pillars, barriers, place } } };
}

export async function tagsOf(db: Db, postId: string): Promise<Tags> {
  const [post] = await db
    .select({ country: posts.country, region: posts.region })
    .from(postsInAnyState)
    .where(eq(posts.id, postId));
  const pillars = await db.select().from(postPillars).where(eq(postPillars.postId, postId));
  const barriers = await db.select().from(postBarriers).where(eq(postBarriers.postId, postId));
  return {
    pillars: pillars.map(({ pillar }) => pillar).sort(),
    barriers: barriers.map(({ kind }) => kind).sort(),
    place: (post ?? NOWHERE) as PostPlace,
  };
}

export async function setTags(tx: Db, postId: string, tags: Tags): Promise<void> {
  const [post] = await tx
    .update(posts)
    .set({ country: tags.place.country, region: tags.place.region })
    .where(eq(posts.id, postId))
    .returning({ threadId: posts.threadId, isOpening: posts.isOpening });
  await tx.delete(postPillars).where(eq(postPillars.postId, postId));
  await tx.delete(postBarriers).where(eq(postBarriers.postId, postId));
  if (tags.pillars.length > 0) {
    await tx.insert(postPillars).values(tags.pillars.map((pillar) => ({ postId, pillar })));
  }
  if (tags.barriers.length > 0) {
    await tx.insert(postBarriers).values(tags.barriers.map((kind) => ({ postId, kind })));
  }
  if (!post?.isOpening) return;
  const { threadId } = post;
  await tx.delete(threadPillars).where(eq(threadPillars.threadId, threadId));
  if (tags.pillars.length > 0) {
    await tx.insert(threadPillars).values(tags.pillars.map((pillar) => ({ threadId, pillar })));
  }
}
