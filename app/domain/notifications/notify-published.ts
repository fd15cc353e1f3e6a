import { and, eq, inArray, isNull, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import { ancestors, WORLD } from '~/platform/places/places';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { follows, notifications, posts, threadPillars, threads, threadWatches } from '~db/schema';
import { prepared } from '~db/statement-cache';
import type { NotificationKind } from './kinds';
import { storeNotifications } from './notify';
import { mentionedIn } from './notify-mentioned';

const answered = alias(postsInAnyState, 'answered');

const readPost = prepared((db) =>
  db
    .select({
      id: posts.id,
      threadId: posts.threadId,
      authorId: posts.authorId,
      isOpening: posts.isOpening,
      region: posts.region,
      html: posts.html,
      answeredAuthorId: answered.authorId,
      threadAuthorId: threads.authorId,
      questionNumber: threads.questionNumber,
    })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(answered, eq(answered.id, posts.replyToId))
    .where(eq(posts.id, sql.placeholder('postId'))),
);

type Published = Awaited<ReturnType<typeof readPost>>[number];

const earlier = alias(postsInAnyState, 'earlier');

/**
 * Who has muted a thread, and who watches it and has not been told of the post, nor of another one since
 * they last read it.
 */
const readWatches = prepared((db) => {
  const toldAlready = db
    .select({ one: sql`1` })
    .from(notifications)
    .innerJoin(earlier, eq(earlier.id, notifications.postId))
    .where(
      and(
        eq(notifications.userId, threadWatches.userId),
        eq(earlier.threadId, sql.placeholder('threadId')),
        or(
          eq(notifications.postId, sql.placeholder('postId')),
          and(eq(notifications.kind, 'watched'), isNull(notifications.readAt)),
        ),
      ),
    );
  return db
    .select({ userId: threadWatches.userId, state: threadWatches.state })
    .from(threadWatches)
    .where(
      and(
        eq(threadWatches.threadId, sql.placeholder('threadId')),
        or(
          eq(threadWatches.state, 'muted'),
          and(ne(threadWatches.userId, sql.placeholder('authorId')), notExists(toldAlready)),
        ),
      ),
    );
});

/**
 * Notifies of a post that has become public: the author of what it answers, the people it mentions, and
 * those who watch its thread or, for a new thread, follow one of its pillars or its region. Each is
 * notified once, for the first of these reasons; of a watched thread only once until they have read
 * it; of a muted one and of their own posts never.
 */
export async function notifyPublished(tx: Db, clock: Clock, postId: string): Promise<void> {
  const [post] = await readPost(tx, { postId });
  if (!post) return;
  const { threadId, authorId, isOpening } = post;
  const watches = await readWatches(tx, { postId, threadId, authorId });
  const inState = (wanted: string) =>
    watches.flatMap(({ userId, state }) => (state === wanted ? [userId] : []));
  const reasons: [NotificationKind, string[]][] = [
    ['reply', answeredBy(post)],
    ['mention', await mentionedIn(tx, post.html)],
    isOpening ? ['followed', await followers(tx, post)] : ['watched', inState('watching')],
  ];
  const done = new Set([authorId, ...inState('muted')]);
  const told = reasons.flatMap(([kind, people]) => {
    const rest = [...new Set(people)].filter((userId) => !done.has(userId));
    for (const userId of rest) done.add(userId);
    return rest.map((userId) => ({ userId, kind, postId }));
  });
  await storeNotifications(tx, clock, told);
}

/** The site's account is not notified of replies to the blog post's questions. */
function answeredBy({ isOpening, answeredAuthorId, threadAuthorId, questionNumber }: Published) {
  if (isOpening) return [];
  const userId = answeredAuthorId ?? (questionNumber === null ? threadAuthorId : null);
  return userId ? [userId] : [];
}

async function followers(tx: Db, { threadId, region }: Published): Promise<string[]> {
  const pillars = await tx
    .select({ pillar: threadPillars.pillar })
    .from(threadPillars)
    .where(eq(threadPillars.threadId, threadId));
  const about: (SQL | undefined)[] = [
    and(
      eq(follows.kind, 'pillar'),
      inArray(
        follows.code,
        pillars.map(({ pillar }) => pillar),
      ),
    ),
    and(eq(follows.kind, 'region'), inArray(follows.code, around(region))),
  ];
  const rows = await tx
    .selectDistinct({ userId: follows.userId })
    .from(follows)
    .where(or(...about));
  return rows.map(({ userId }) => userId);
}

/** Returns a region and the regions around it. A post without a place is in the world only. */
function around(region: string | null): string[] {
  return region ? [region, ...ancestors(region)] : [WORLD];
}
