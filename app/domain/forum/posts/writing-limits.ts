import { eq, sql } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { hasPosts } from '~/domain/forum/posts/count-posts';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { countUses, type NetworkUse, networkUses, type Use } from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { posts, users } from '~db/schema';
import { prepared } from '~db/statement-cache';

/** A person counts as new for this long, or until this many of their posts are public. */
const NEW_FOR = 3 * DAY;
const NEW_POSTS = 5;

/**
 * Counts a text that a person writes: see `usesOfWriting`.
 * @throws DomainError `too-many`.
 */
export async function countWriting(
  app: AppContext,
  author: Person,
  address: string | undefined,
): Promise<void> {
  await countUses(app, await usesOfWriting(app, author, address));
}

/**
 * Returns what a text counts as: per person, per person over a longer time while they are new, and per
 * network if it came from a form.
 */
export async function usesOfWriting(
  { db, clock }: AppContext,
  author: Person,
  address: string | undefined,
): Promise<(Use | NetworkUse)[]> {
  const key = author.id;
  return [
    { name: 'post', key },
    ...((await isNew(db.reader, author, clock.now())) ? [{ name: 'post-new' as const, key }] : []),
    ...(address === undefined ? [] : networkUses('post-network', address)),
  ];
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
