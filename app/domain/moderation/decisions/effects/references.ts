import { and, eq } from 'drizzle-orm';
import { publicPost, publicThread } from '~/domain/forum/visibility';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

/**
 * Returns a public thread by URL or id.
 * @throws DomainError about the field `to`.
 */
export async function namedThread(db: Db, text: string | undefined) {
  const id = /\/t\/([^/?#\s]+)/.exec(text ?? '')?.[1] ?? text?.trim() ?? '';
  const [thread] = await db
    .select({ id: threads.id, questionNumber: threads.questionNumber })
    .from(threads)
    .where(and(eq(threads.id, decoded(id)), publicThread()));
  if (!thread) throw new DomainError('refused', 'moderation.error.noThread', { field: 'to' });
  return thread;
}

/**
 * Returns a public post by URL or id.
 * @throws DomainError about the field `to`.
 */
export async function namedPost(db: Db, text: string | undefined) {
  const id = /(?:\/p\/|#p-)([^/?#\s]+)/.exec(text ?? '')?.[1] ?? text?.trim() ?? '';
  const [post] = await db
    .select({ id: posts.id, duplicateOf: posts.duplicateOf })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.id, decoded(id)), publicPost()));
  if (!post) throw new DomainError('refused', 'moderation.error.noPost', { field: 'to' });
  return post;
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
