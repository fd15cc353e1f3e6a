import { eq, isNull } from 'drizzle-orm';
import type { NewPost } from '~/domain/forum/posts/insert-post';
import type { PostDetails } from '~/domain/forum/posts/post-fields';
import { setThreadPillars } from '~/domain/forum/posts/stored-details';
import { freeSlug } from '~/domain/forum/threads/slug';
import { storePost } from '~/domain/publishing/store-post';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { threads } from '~db/schema';

/** A thread that was not written in a form. */
type ReadyThread = Pick<
  typeof threads.$inferInsert,
  | ('title' | 'state' | 'language' | 'authorId' | 'createdAt')
  | ('conversationId' | 'sourceKey' | 'sourceUrl')
> & { id: string; slug: string; number: number | null; pillars: readonly string[] };

type Opening = PostDetails & Pick<NewPost, 'body' | 'html' | 'excerpt' | 'editedAt' | 'importedAt'>;

/**
 * Stores a thread with its opening post. A slug that is taken gets a number; a question number that
 * is taken in its conversation is dropped.
 */
export async function insertThread(
  tx: Db,
  { id, slug, number, pillars, ...thread }: ReadyThread,
  opening: Opening,
): Promise<void> {
  const { language, authorId, createdAt, conversationId = null } = thread;
  await tx.insert(threads).values({
    ...thread,
    id,
    slug: await freeSlug(tx, slug),
    questionNumber: await freeNumber(tx, number, conversationId),
    activeAt: createdAt,
  });
  await setThreadPillars(tx, id, pillars);
  await storePost(tx, {
    id: `${id}-opening`,
    threadId: id,
    authorId,
    isOpening: true,
    parentId: null,
    replyToId: null,
    state: 'visible',
    language,
    createdAt,
    ...opening,
  });
}

async function freeNumber(
  tx: Db,
  number: number | null,
  conversationId: string | null,
): Promise<number | null> {
  if (number === null) return null;
  const { conversationId: of, questionNumber } = threads;
  const same = conversationId === null ? isNull(of) : eq(of, conversationId);
  return (await countOf(tx, threads, same, eq(questionNumber, number))) > 0 ? null : number;
}
