import { and, eq } from 'drizzle-orm';
import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import { readablePost, readableThread, readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { detectLanguage, isPostLanguage } from '~/platform/languages/detect';
import { plainText } from '~/platform/markdown/render';
import { posts, threads } from '~db/schema';

/** As much HTML as holds the text that is looked at, whatever its markup. */
const SAMPLE_CHARS = 20_000;

/**
 * The language (BCP 47) of a post from its HTML, and its thread's title where it opens one. Code
 * and quotations do not count. `expected` is the language of the page it was written on.
 */
export function languageOf(html: string, expected: string, title = ''): string {
  const words = plainText(html.slice(0, SAMPLE_CHARS), { quotes: false, code: false });
  return detectLanguage(`${title}\n${words.replace(/https?:\S+/g, ' ')}`, expected);
}

/** Whether a visitor may say what language a post is in: its author, and moderators. */
export function mayCorrectLanguage(visitor: Visitor, authorId: string): boolean {
  return visitor.person?.id === authorId || mayModerate(visitor);
}

/**
 * Says what language a post is written in; of the opening of a thread, the thread's title too.
 * @throws DomainError when the post is not there or not theirs, or the tag names no language.
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
  await app.db.write(async (tx) => {
    const [post] = await tx
      .select({ authorId: posts.authorId, threadId: posts.threadId, isOpening: posts.isOpening })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(eq(posts.id, postId), readablePost(reader), readableThread(reader)));
    if (!post || !mayCorrectLanguage(visitor, post.authorId)) {
      throw new DomainError('missing', 'site.problem.404.title');
    }
    await tx.update(posts).set({ language }).where(eq(posts.id, postId));
    if (!post.isOpening) return;
    await tx.update(threads).set({ language }).where(eq(threads.id, post.threadId));
  });
}
