import { and, eq, inArray, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { notifications, posts, threadWatches } from '~db/schema';
import { prepared, preparedInsert } from '~db/statement-cache';
import { ABOUT_POSTS, isAboutPosts, type NotificationKind } from './kinds';

export type { NotificationKind };

export interface NewNotification {
  userId: string;
  kind: NotificationKind;
  /** The post concerned. */
  postId?: string;
  /** The decision concerned. */
  decisionId?: string;
}

/** Stores a notification; none about others' posts in a thread that the person has muted. */
export async function notify(
  tx: Db,
  clock: Clock,
  { userId, ...notification }: NewNotification,
): Promise<void> {
  await notifyAll(tx, clock, [userId], notification);
}

/** Stores the same notification for several people. */
export async function notifyAll(
  tx: Db,
  clock: Clock,
  userIds: string[],
  notification: Omit<NewNotification, 'userId'>,
): Promise<void> {
  if (userIds.length === 0) return;
  const { kind, postId } = notification;
  const muted = postId && isAboutPosts(kind) ? await mutedBy(tx, postId) : new Set();
  const told = userIds.filter((userId) => !muted.has(userId));
  const each = told.map((userId) => ({ userId, ...notification }));
  await storeNotifications(tx, clock, each);
}

const insertNotifications = preparedInsert(notifications);

/** Stores notifications, whoever has muted what. */
export async function storeNotifications(
  tx: Db,
  clock: Clock,
  each: readonly NewNotification[],
): Promise<void> {
  const createdAt = clock.now();
  await insertNotifications(
    tx,
    ...each.map((one) => ({ id: newId(createdAt), createdAt, ...one })),
  );
}

/** Deletes the notifications of a decision. Returns whether one of them had been read. */
export async function withdrawNotifications(tx: Db, decisionId: string): Promise<boolean> {
  const withdrawn = await tx
    .delete(notifications)
    .where(eq(notifications.decisionId, decisionId))
    .returning({ readAt: notifications.readAt });
  return withdrawn.some(({ readAt }) => readAt !== null);
}

/** Deletes all notifications that a post was published. */
export async function unnotify(tx: Db, _clock: Clock, postId: string): Promise<void> {
  await tx
    .delete(notifications)
    .where(and(eq(notifications.postId, postId), inArray(notifications.kind, [...ABOUT_POSTS])));
}

const readMuted = prepared((db) =>
  db
    .select({ userId: threadWatches.userId })
    .from(threadWatches)
    .innerJoin(postsInAnyState, eq(posts.threadId, threadWatches.threadId))
    .where(and(eq(posts.id, sql.placeholder('postId')), eq(threadWatches.state, 'muted'))),
);

/** Returns the people who have muted the thread of a post. */
async function mutedBy(tx: Db, postId: string): Promise<Set<string>> {
  const rows = await readMuted(tx, { postId });
  return new Set(rows.map(({ userId }) => userId));
}
