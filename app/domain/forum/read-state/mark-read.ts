import { and, eq, exists, inArray, isNull, lte, type Placeholder, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { ABOUT_POSTS } from '~/domain/notifications/kinds';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { notifications, posts, readingChoices, readMarks } from '~db/schema';
import { prepared, preparedInsert } from '~db/statement-cache';
import { addMark, type ReadMark } from './reading-position';
import { contribution, coveredByMark, isItsContribution } from './unread';

export interface ReadThread {
  threadId: string;
  /** The last contribution that was read; null for the whole thread. */
  throughId: string | null;
  /** Time at which the page was made (UTC ms): newer posts stay unread. */
  seenAt: number;
}

const ofThread = and(
  eq(readMarks.userId, sql.placeholder('userId')),
  eq(readMarks.threadId, sql.placeholder('threadId')),
);

const readKnown = prepared((db) =>
  db
    .select({
      throughId: readMarks.throughId,
      through: readMarks.through,
      seenAt: readMarks.seenAt,
    })
    .from(readMarks)
    .where(ofThread),
);

const forgetMarks = prepared((db) => db.delete(readMarks).where(ofThread));
const insertMarks = preparedInsert(readMarks);

/** Marks the notifications of posts of a thread that the person's marks cover as read. */
const readNotices = prepared((db) => {
  const coveredPost = db
    .select({ one: sql`1` })
    .from(postsInAnyState)
    .innerJoin(contribution, isItsContribution)
    .where(
      and(
        eq(posts.id, notifications.postId),
        eq(posts.threadId, sql.placeholder('threadId')),
        coveredByMark(sql.placeholder('userId')),
      ),
    );
  return db
    .update(notifications)
    .set({ readAt: sql.placeholder('readAt') })
    .where(and(unreadNotices(sql.placeholder('userId')), exists(coveredPost)));
});

/**
 * Records how far a person has read a thread, and marks the notifications about it as read.
 * @throws DomainError if the contribution is not in the thread.
 */
export async function markRead(
  tx: Db,
  clock: Clock,
  userId: string,
  { threadId, throughId, seenAt }: ReadThread,
): Promise<void> {
  const through = throughId === null ? 0 : await placeOf(tx, threadId, throughId);
  const known: ReadMark[] = await readKnown(tx, { userId, threadId });
  const marks = addMark(known, {
    throughId: throughId ?? '',
    through,
    seenAt: Math.min(seenAt, clock.now()),
  });
  await forgetMarks(tx, { userId, threadId });
  await insertMarks(tx, ...marks.map((mark) => ({ userId, threadId, ...mark })));
  await readNotices(tx, { userId, threadId, readAt: clock.now() });
}

/** Marks everything that was public at `seenAt` as read, and the notifications about it. */
export async function markAllRead(
  tx: Db,
  clock: Clock,
  userId: string,
  seenAt: number,
): Promise<void> {
  const now = clock.now();
  const [known] = await tx
    .select({ at: readingChoices.allReadAt })
    .from(readingChoices)
    .where(eq(readingChoices.userId, userId));
  const allReadAt = Math.max(known?.at ?? 0, Math.min(seenAt, now));
  await tx
    .insert(readingChoices)
    .values({ userId, allReadAt })
    .onConflictDoUpdate({ target: readingChoices.userId, set: { allReadAt } });
  await tx
    .delete(readMarks)
    .where(and(eq(readMarks.userId, userId), lte(readMarks.seenAt, allReadAt)));
  await tx
    .update(notifications)
    .set({ readAt: now })
    .where(and(unreadNotices(userId), lte(notifications.createdAt, allReadAt)));
}

function unreadNotices(userId: string | Placeholder) {
  return and(
    eq(notifications.userId, userId),
    isNull(notifications.readAt),
    inArray(notifications.kind, ABOUT_POSTS),
  );
}

async function placeOf(tx: Db, threadId: string, contributionId: string): Promise<number> {
  const [row] = await tx
    .select({ createdAt: posts.createdAt })
    .from(postsInAnyState)
    .where(and(eq(posts.id, contributionId), eq(posts.threadId, threadId), isNull(posts.parentId)));
  if (!row) throw new DomainError('invalid', 'site.error.field');
  return row.createdAt;
}
