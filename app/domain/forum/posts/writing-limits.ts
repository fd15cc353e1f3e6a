import { eq, sql } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { hasPosts } from '~/domain/forum/posts/count-posts';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { countUses, networkUses } from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { posts, users } from '~db/schema';
import { prepared } from '~db/statement-cache';

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
  const key = author.id;
  // Together, because each transaction waits for those of other writers.
  await countUses(app, [
    { name: 'post', key },
    ...((await isNew(app.db.reader, author, app.clock.now()))
      ? [{ name: 'post-new' as const, key }]
      : []),
    ...(address === undefined ? [] : networkUses('post-network', address)),
  ]);
}

const readJoined = prepared((db) =>
  db
    .select({ createdAt: users.createdAt })
    .from(users)
    .where(eq(users.id, sql.placeholder('id'))),
);

async function isNew(db: Db, author: Person, now: number): Promise<boolean> {
  const [account] = await readJoined(db, { id: author.id });
  if ((account?.createdAt ?? 0) <= now - NEW_FOR) return false;
  return !(await hasPosts(db, NEW_POSTS, eq(posts.authorId, author.id), publicPost()));
}
