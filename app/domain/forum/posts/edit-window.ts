import { and, eq, or } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { type Clock, MINUTE } from '~/platform/clock';
import type { Db } from '~db/client';
import { flags, meToos, posts } from '~db/schema';
import type { PostState } from '~db/schema/conversation';

/** Time after posting in which a mistake can be corrected without a public revision. */
const EDIT_WINDOW = 5 * MINUTE;

/**
 * True if a post can be edited without keeping its former text: as long as only moderators can have
 * read it, and then for five minutes, unless someone has already replied, said "I face this too" or
 * flagged it, because they reacted to the former words.
 */
export async function inEditWindow(
  db: Db,
  clock: Clock,
  post: { id: string; state: PostState; createdAt: number; editedAt: number | null },
): Promise<boolean> {
  if (post.state === 'held') return true;
  if (post.editedAt !== null || clock.now() - post.createdAt > EDIT_WINDOW) return false;
  const answered = db
    .select({ id: posts.id })
    .from(postsInAnyState)
    .where(or(eq(posts.parentId, post.id), eq(posts.replyToId, post.id)))
    .limit(1);
  const saidMeToo = db
    .select({ id: meToos.postId })
    .from(meToos)
    .where(eq(meToos.postId, post.id))
    .limit(1);
  const flagged = db
    .select({ id: flags.id })
    .from(flags)
    .where(and(eq(flags.postId, post.id), eq(flags.translationId, '')))
    .limit(1);
  for (const acts of [answered, saidMeToo, flagged]) {
    if ((await acts).length > 0) return false;
  }
  return true;
}
