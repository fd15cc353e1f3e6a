import { and, count, desc, eq } from 'drizzle-orm';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import type { Role } from '~db/schema/people';
import { personByHandle } from './accounts';
import { shownPlace } from './shown-place';

export const POSTS_A_PAGE = 20;

export interface Profile {
  id: string;
  handle: string;
  name: string | null;
  /** A country or, where the person prefers, its region. */
  place: string | null;
  role: Role;
  since: number;
  /** Came with an import: nobody can log in with it. */
  imported: boolean;
  /** Others see a profile only when its address is confirmed. */
  confirmed: boolean;
}

/** What a profile says of a person; null when nobody has the handle. */
export async function profile(db: Db, handle: string): Promise<Profile | null> {
  const account = await personByHandle(db, handle);
  if (!account || account.erasedAt !== null) return null;
  const imported = account.importedAt !== null;
  return {
    id: account.id,
    handle: account.handle,
    name: account.name,
    place: shownPlace(account),
    role: account.role,
    since: account.createdAt,
    imported: imported && account.email === null,
    confirmed: imported || account.confirmedAt !== null,
  };
}

export interface ProfilePost {
  id: string;
  title: string;
  titleLanguage: string;
  excerpt: string;
  language: string;
  createdAt: number;
}

/** One page, from 1, of what a person has written in public, newest first, and how much it is. */
export async function publicPostsOf(
  db: Db,
  personId: string,
  page: number,
): Promise<{ posts: ProfilePost[]; total: number }> {
  const theirs = and(eq(posts.authorId, personId), publicPost());
  const [row] = await db
    .select({ total: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(theirs);
  const found = await db
    .select({
      id: posts.id,
      title: threads.title,
      titleLanguage: threads.language,
      excerpt: posts.excerpt,
      language: posts.language,
      createdAt: posts.createdAt,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(theirs)
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(POSTS_A_PAGE)
    .offset((page - 1) * POSTS_A_PAGE);
  return { posts: found, total: row?.total ?? 0 };
}
