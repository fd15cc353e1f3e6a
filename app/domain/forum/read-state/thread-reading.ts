import type { Db } from '~db/client';
import { bookmarkedAmong } from './bookmarks';
import { readingOf, type ThreadReading, unreadAmong } from './unread';

/** A person's reading state on one page of a thread. */
export interface PageReading extends ThreadReading {
  /** The unread posts on the page. */
  unreadPosts: Set<string>;
  bookmarkedPosts: Set<string>;
}

/** Four queries, however long the thread is; none for a reader who is not logged in. */
export async function pageReading(
  db: Db,
  personId: string | null,
  threadId: string,
  shownPostIds: string[],
): Promise<PageReading | null> {
  const reading = (await readingOf(db, personId, [threadId])).get(threadId);
  if (!personId || !reading) return null;
  return {
    ...reading,
    unreadPosts: await unreadAmong(db, personId, shownPostIds),
    bookmarkedPosts: await bookmarkedAmong(db, personId, shownPostIds),
  };
}
