import { and, count, desc, eq, sql } from 'drizzle-orm';
import { type Author, authorColumns } from '~/domain/accounts/users/profile';
import { type Reader, readablePost, readableThread } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { PAGE_SIZE, type Paging, pagingOf } from '~/platform/paging';
import type { CountryCode, PlaceCode, RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { inList } from '~db/dialect';
import { bookmarks, posts, threads, users } from '~db/schema';
import { prepared } from '~db/statement-cache';

export interface BookmarkedPost {
  id: string;
  author: Author;
  country: CountryCode | null;
  region: RegionCode | null;
  /** See `PostDetails`. */
  writtenFrom: PlaceCode | null;
  createdAt: number;
  /** BCP 47. */
  language: string;
  excerpt: string;
  thread: { id: string; slug: string; title: string; language: string };
}

type Person = Reader & { personId: string };

/**
 * Adds or removes a bookmark; repeating it changes nothing.
 * @throws DomainError `missing` for a post that the reader may not see.
 */
export async function setBookmark(
  tx: Db,
  clock: Clock,
  reader: Person,
  postId: string,
  on: boolean,
): Promise<void> {
  const userId = reader.personId;
  if (!on) {
    await tx
      .delete(bookmarks)
      .where(and(eq(bookmarks.userId, userId), eq(bookmarks.postId, postId)));
    return;
  }
  const [post] = await tx
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.id, postId), readablePost(reader), readableThread(reader)));
  if (!post) throw new DomainError('missing', 'site.problem.404.title');
  const row = { userId, postId, createdAt: clock.now() };
  await tx.insert(bookmarks).values(row).onConflictDoNothing();
}

const readBookmarked = prepared((db) =>
  db
    .select({ postId: bookmarks.postId })
    .from(bookmarks)
    .where(
      and(eq(bookmarks.userId, sql.placeholder('userId')), inList(bookmarks.postId, 'postIds')),
    ),
);

/** Returns which of these posts a person has bookmarked. */
export async function bookmarkedAmong(
  db: Db,
  userId: string,
  postIds: string[],
): Promise<Set<string>> {
  if (postIds.length === 0) return new Set();
  const rows = await readBookmarked(db, { userId, postIds });
  return new Set(rows.map(({ postId }) => postId));
}

/**
 * Returns one page of a person's bookmarks, newest first. Posts that they may no longer see are
 * neither shown nor counted, but reappear if they become visible again. Two queries.
 */
export async function listBookmarks(
  db: Db,
  reader: Person,
  wantedPage: number,
): Promise<Paging & { posts: BookmarkedPost[] }> {
  const where = and(
    eq(bookmarks.userId, reader.personId),
    readablePost(reader),
    readableThread(reader),
  );
  const [counted] = await db
    .select({ total: count() })
    .from(bookmarks)
    .innerJoin(posts, eq(posts.id, bookmarks.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(where);
  const paging = pagingOf(wantedPage, counted?.total ?? 0);
  const rows = await db
    .select({
      id: posts.id,
      author: authorColumns,
      country: posts.country,
      region: posts.region,
      writtenFrom: posts.writtenFrom,
      createdAt: posts.createdAt,
      language: posts.language,
      excerpt: posts.excerpt,
      thread: {
        id: threads.id,
        slug: threads.slug,
        title: threads.title,
        language: threads.language,
      },
    })
    .from(bookmarks)
    .innerJoin(posts, eq(posts.id, bookmarks.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(where)
    .orderBy(desc(bookmarks.createdAt), desc(bookmarks.postId))
    .limit(PAGE_SIZE)
    .offset(paging.offset);
  return { ...paging, posts: rows };
}
