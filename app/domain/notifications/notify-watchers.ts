import { and, eq, inArray, isNull, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import { ancestors, WORLD } from '~/platform/places/places';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { follows, notifications, posts, threadPillars, threadWatches } from '~db/schema';
import { prepared } from '~db/statement-cache';
import type { NotificationKind } from './kinds';
import { notifyAll } from './notify';

interface NewPost {
  id: string;
  threadId: string;
  authorId: string;
  isOpening: boolean;
  region: string | null;
}

const readPost = prepared((db) =>
  db
    .select({
      id: posts.id,
      threadId: posts.threadId,
      authorId: posts.authorId,
      isOpening: posts.isOpening,
      region: posts.region,
    })
    .from(postsInAnyState)
    .where(eq(posts.id, sql.placeholder('postId'))),
);

const earlier = alias(postsInAnyState, 'earlier');

/** Who watches a thread and has not been told of the post, nor of another one since they last read it. */
const readWatchers = prepared((db) => {
  const toldAlready = db
    .select({ one: sql`1` })
    .from(notifications)
    .innerJoin(earlier, eq(earlier.id, notifications.postId))
    .where(
      and(
        eq(notifications.userId, threadWatches.userId),
        eq(earlier.threadId, sql.placeholder('threadId')),
        or(
          eq(notifications.postId, sql.placeholder('id')),
          and(eq(notifications.kind, 'watched'), isNull(notifications.readAt)),
        ),
      ),
    );
  return db
    .select({ userId: threadWatches.userId })
    .from(threadWatches)
    .where(
      and(
        eq(threadWatches.threadId, sql.placeholder('threadId')),
        eq(threadWatches.state, 'watching'),
        ne(threadWatches.userId, sql.placeholder('authorId')),
        notExists(toldAlready),
      ),
    );
});

/**
 * Notifies the people who watch a post's thread or, for a new thread, follow one of its pillars or
 * its region. Must run after `notifyAnswered` and `notifyMentioned`: nobody is notified twice of
 * one post, and of a watched thread only once until they have read it.
 */
export async function notifyWatchers(tx: Db, clock: Clock, postId: string): Promise<void> {
  const [post] = await readPost(tx, { postId });
  if (!post) return;
  const kind: NotificationKind = post.isOpening ? 'followed' : 'watched';
  const people = post.isOpening ? await followers(tx, post) : await watchers(tx, post);
  await notifyAll(tx, clock, people, { kind, postId });
}

async function watchers(tx: Db, { id, threadId, authorId }: NewPost): Promise<string[]> {
  const rows = await readWatchers(tx, { id, threadId, authorId });
  return rows.map(({ userId }) => userId);
}

async function followers(tx: Db, post: NewPost): Promise<string[]> {
  const pillars = await tx
    .select({ pillar: threadPillars.pillar })
    .from(threadPillars)
    .where(eq(threadPillars.threadId, post.threadId));
  const about: (SQL | undefined)[] = [
    and(
      eq(follows.kind, 'pillar'),
      inArray(
        follows.code,
        pillars.map(({ pillar }) => pillar),
      ),
    ),
    and(eq(follows.kind, 'region'), inArray(follows.code, around(post.region))),
  ];
  const toldAlready = tx
    .select({ one: sql`1` })
    .from(notifications)
    .where(and(eq(notifications.userId, follows.userId), eq(notifications.postId, post.id)));
  const rows = await tx
    .selectDistinct({ userId: follows.userId })
    .from(follows)
    .where(and(or(...about), ne(follows.userId, post.authorId), notExists(toldAlready)));
  return rows.map(({ userId }) => userId);
}

/** Returns a region and the regions around it. A post without a place is in the world only. */
function around(region: string | null): string[] {
  return region ? [region, ...ancestors(region)] : [WORLD];
}
