import { eq } from 'drizzle-orm';
import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import { hasPosts } from '~/domain/forum/posts/count-posts';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import { posts } from '~db/schema';

/**
 * True if the visitor's next post is held for a moderator: the first HOLD_FIRST_POSTS posts of a
 * member are, until that many have been approved. Posts of moderators are never held. A visitor
 * without an account will be a new member.
 */
export async function waitsForModerator(
  db: Db,
  { config }: Pick<AppContext, 'config'>,
  visitor: Visitor,
): Promise<boolean> {
  if (mayModerate(visitor) || config.holdFirstPosts === 0) return false;
  if (!visitor.person) return true;
  const own = eq(posts.authorId, visitor.person.id);
  return !(await hasPosts(db, config.holdFirstPosts, own, publicPost()));
}
