import { eq } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { countPosts } from '~/domain/forum/posts/count-posts';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { countNetworkUse, countUse } from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { posts, users } from '~db/schema';

/** A person counts as new for this long, or until this many of their posts are public. */
const NEW_FOR = 3 * DAY;
const NEW_POSTS = 5;

/**
 * Counts a text that a person writes: per person, per person over a longer time while they are new,
 * and per network if it came from a form.
 * @throws DomainError `too-many`.
 */
export async function countWriting(
  app: AppContext,
  author: Person,
  address: string | undefined,
): Promise<void> {
  await countUse(app, 'post', author.id);
  if (await isNew(app.db.reader, author, app.clock.now())) {
    await countUse(app, 'post-new', author.id);
  }
  if (address !== undefined) await countNetworkUse(app, 'post-network', address);
}

async function isNew(db: Db, author: Person, now: number): Promise<boolean> {
  const [account] = await db
    .select({ createdAt: users.createdAt })
    .from(users)
    .where(eq(users.id, author.id));
  if ((account?.createdAt ?? 0) <= now - NEW_FOR) return false;
  const published = await countPosts(db, eq(posts.authorId, author.id), publicPost());
  return published < NEW_POSTS;
}
