import { exists, gte, or } from 'drizzle-orm';
import { countPosts } from '~/domain/forum/posts/count-posts';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import { answering, kindsOfPost } from './contributions';
import type { Digest } from './digests';

/** Counts contributions of the scope and period that became public after the digest was made. */
export async function countLate(
  db: Db,
  { scope, period, builtAt }: Pick<Digest, 'scope' | 'period' | 'builtAt'>,
): Promise<number> {
  return countPosts(
    db,
    answering(scope, period),
    exists(kindsOfPost(db)),
    or(gte(posts.createdAt, builtAt), gte(posts.shownAt, builtAt)),
  );
}
