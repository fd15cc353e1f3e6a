import { eq } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { posts, threads } from '~db/schema';
import { notify } from './notify';

/**
 * Notifies whoever a post answers: the author of the post it replies to, or of the thread it adds
 * to. Nobody is notified of their own posts, nor the site's account of answers to the blog post.
 */
export async function notifyAnswered(tx: Db, clock: Clock, postId: string): Promise<void> {
  const answered = alias(postsInAnyState, 'answered');
  const [row] = await tx
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
    .where(eq(posts.id, postId));
  if (!row || row.isOpening) return;
  const threadAuthorId = row.questionNumber === null ? row.threadAuthorId : null;
  const userId = row.answeredAuthorId ?? threadAuthorId;
  if (userId && userId !== row.authorId) await notify(tx, clock, { userId, kind: 'reply', postId });
}
