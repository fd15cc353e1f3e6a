import { and, eq } from 'drizzle-orm';
import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import { readablePost, readableThread, readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { detectLanguage, isPostLanguage } from '~/platform/languages/detect';
import { plainText } from '~/platform/markdown/render';
import { posts, threads } from '~db/schema';

/** Length of HTML that is examined; with any markup it contains enough text. */
const SAMPLE_CHARS = 20_000;

/**
 * Detects the language (BCP 47) of a post from its HTML and, for an opening post, the thread's
 * title. Code and quotations are ignored. `expected` is the language of the page it was written on,
 * `others` are languages of its author and thread.
 */
export function languageOf(
  html: string,
  expected: string,
  title = '',
  others: readonly string[] = [],
): string {
  const words = plainText(html.slice(0, SAMPLE_CHARS), { quotes: false, code: false });
  return detectLanguage(`${title}\n${words}`, expected, others);
}

/** True if the visitor may change the language of a post: its author, and moderators. */
export function mayCorrectLanguage(visitor: Visitor, authorId: string): boolean {
  return visitor.person?.id === authorId || mayModerate(visitor);
}

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
