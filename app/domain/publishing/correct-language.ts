import { and, eq } from 'drizzle-orm';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { mayCorrectLanguage } from '~/domain/forum/posts/post-language';
import { readablePost, readableThread, readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { isPostLanguage } from '~/platform/languages/detect';
import { posts, threads } from '~db/schema';
import { announce } from './post-events';

/**
 * Sets the language of a post; for an opening post, of the thread's title too.
 * @throws DomainError if the post does not exist or is not theirs, or the tag is not a language.
 */
export async function correctLanguage(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  language: string,
): Promise<void> {
  if (!isPostLanguage(language)) {
    throw new DomainError('invalid', 'words.language.unknown', { field: 'language' });
  }
  const reader = readerOf(visitor);
  const { threadId, state, authorId, isOpening } = posts;
  await app.db.write(async (tx) => {
    const [post] = await tx
      .select({ id: posts.id, threadId, state, authorId, isOpening })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(eq(posts.id, postId), readablePost(reader), readableThread(reader)));
    if (!post || !mayCorrectLanguage(visitor, post.authorId)) {
      throw new DomainError('missing', 'site.problem.404.title');
    }
    await tx.update(posts).set({ language }).where(eq(posts.id, postId));
    if (post.isOpening) {
      await tx.update(threads).set({ language }).where(eq(threads.id, post.threadId));
    }
    await announce(tx, app.clock, 'languageCorrected', [post]);
  });
}
