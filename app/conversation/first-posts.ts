import { and, count, eq } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { posts, threads } from '../../db/schema';
import { mayModerate, type Visitor } from '../people/visitor';
import type { Site } from '../site';
import { publicPost } from './visibility';

/**
 * Whether what this visitor writes next waits for a moderator: the first HOLD_FIRST_POSTS posts
 * of a member do, until that many have been let through. Moderators never wait.
 */
export async function waitsForModerator(
  db: Db,
  { config }: Pick<Site, 'config'>,
  visitor: Visitor,
): Promise<boolean> {
  if (!visitor.person || mayModerate(visitor) || config.holdFirstPosts === 0) return false;
  const [row] = await db
    .select({ approved: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.authorId, visitor.person.id), publicPost()));
  return (row?.approved ?? 0) < config.holdFirstPosts;
}
