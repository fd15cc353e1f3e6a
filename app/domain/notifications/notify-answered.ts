import { eq, sql } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { posts, threads } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { notify } from './notify';

const answered = alias(postsInAnyState, 'answered');

const readAnswered = prepared((db) =>
  db
    .select({
      isOpening: posts.isOpening,
      authorId: posts.authorId,
      answeredAuthorId: answered.authorId,
      threadAuthorId: threads.authorId,
      questionNumber: threads.questionNumber,
    })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(answered, eq(answered.id, posts.replyToId))
    .where(eq(posts.id, sql.placeholder('postId'))),
);

/**
 * Notifies the author of the post that is replied to, or of the thread that is added to. Nobody is
 * notified of their own posts; the site's account is not notified of replies to the blog post's
 * questions.
 */
export async function notifyAnswered(tx: Db, clock: Clock, postId: string): Promise<void> {
  const [row] = await readAnswered(tx, { postId });
  if (!row || row.isOpening) return;
  const threadAuthorId = row.questionNumber === null ? row.threadAuthorId : null;
  const userId = row.answeredAuthorId ?? threadAuthorId;
  if (userId && userId !== row.authorId) await notify(tx, clock, { userId, kind: 'reply', postId });
}
