import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { ABOUT_POSTS } from '~/domain/notifications/kinds';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { anyRow } from '~db/dialect';
import { notifications, posts, readingChoices, threadWatches } from '~db/schema';
import { prepared, preparedInsert } from '~db/statement-cache';
import { markRead } from './mark-read';

export type Watch = 'watching' | 'muted';

/** Watches or mutes a thread, or neither (null); muting marks its notifications as read. */
export async function setWatch(
  tx: Db,
  clock: Clock,
  userId: string,
  threadId: string,
  state: Watch | null,
): Promise<void> {
  const own = and(eq(threadWatches.userId, userId), eq(threadWatches.threadId, threadId));
  if (state === null) {
    await tx.delete(threadWatches).where(own);
    return;
  }
  const createdAt = clock.now();
  await tx
    .insert(threadWatches)
    .values({ userId, threadId, state, createdAt })
    .onConflictDoUpdate({
      target: [threadWatches.userId, threadWatches.threadId],
      set: { state, createdAt },
    });
  if (state === 'watching') return;
  await tx
    .update(notifications)
    .set({ readAt: createdAt })
    .where(
      and(
        eq(notifications.userId, userId),
        isNull(notifications.readAt),
        inArray(notifications.kind, ABOUT_POSTS),
        anyRow(postsInAnyState, eq(posts.id, notifications.postId), eq(posts.threadId, threadId)),
      ),
    );
}

const readWatchOwn = prepared((db) =>
  db
    .select({ watchOwn: readingChoices.watchOwn })
    .from(readingChoices)
    .where(eq(readingChoices.userId, sql.placeholder('userId'))),
);

const beginWatching = preparedInsert(threadWatches, (insert) => insert.onConflictDoNothing());

/** After posting in a thread: marks it as read, and watches it unless the person chose not to. */
export async function afterWriting(
  tx: Db,
  clock: Clock,
  userId: string,
  threadId: string,
): Promise<void> {
  const now = clock.now();
  await markRead(tx, clock, userId, { threadId, throughId: null, seenAt: now });
  const [choice] = await readWatchOwn(tx, { userId });
  if (choice?.watchOwn === false) return;
  await beginWatching(tx, { userId, threadId, state: 'watching', createdAt: now });
}
