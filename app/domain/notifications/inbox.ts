import { and, count, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import { type Reader, readablePost, readableThread } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import type { Titled } from '~/platform/community/community';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { notifications, posts, threads, users } from '~db/schema';
import { prepared } from '~db/statement-cache';
import type { NotificationKind } from './notify';

export const NOTICES_A_PAGE = 30;

export interface InboxNotice {
  id: string;
  kind: NotificationKind;
  createdAt: number;
  unread: boolean;
  decisionId: string | null;
  /** The post concerned, as long as the person may see it. */
  post: { id: string; author: string; thread: Titled } | null;
}

const countUnreadOf = prepared((db) =>
  db
    .select({ n: count() })
    .from(notifications)
    .where(and(eq(notifications.userId, sql.placeholder('userId')), isNull(notifications.readAt))),
);

/** Counts a person's unread notifications. */
export async function countUnread(db: Db, userId: string): Promise<number> {
  const [row] = await countUnreadOf(db, { userId });
  return row?.n ?? 0;
}

/** Returns one page (from 1) of a person's notifications, newest first, and their number. */
export async function inbox(
  db: Db,
  reader: Reader & { personId: string },
  page: number,
): Promise<{ notices: InboxNotice[]; total: number }> {
  const theirs = eq(notifications.userId, reader.personId);
  const rows = await db
    .select({
      notice: notifications,
      postId: posts.id,
      author: users.handle,
      thread: { id: threads.id, title: threads.title, language: threads.language },
    })
    .from(notifications)
    .leftJoin(posts, and(eq(posts.id, notifications.postId), readablePost(reader)))
    .leftJoin(threads, and(eq(threads.id, posts.threadId), readableThread(reader)))
    .leftJoin(users, eq(users.id, posts.authorId))
    .where(theirs)
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(NOTICES_A_PAGE)
    .offset((page - 1) * NOTICES_A_PAGE);
  const notices = rows.map(({ notice, postId, author, thread }) => ({
    id: notice.id,
    kind: notice.kind as NotificationKind,
    createdAt: notice.createdAt,
    unread: notice.readAt === null,
    decisionId: notice.decisionId,
    post: postId && author && thread ? { id: postId, author, thread } : null,
  }));
  return { notices, total: await countOf(db, notifications, theirs) };
}

/** Marks as read what a person was shown: up to the newest notification on their page. */
export async function markRead(tx: Db, clock: Clock, userId: string, upTo: string): Promise<void> {
  await tx
    .update(notifications)
    .set({ readAt: clock.now() })
    .where(
      and(
        eq(notifications.userId, userId),
        isNull(notifications.readAt),
        lte(notifications.id, upTo),
      ),
    );
}
