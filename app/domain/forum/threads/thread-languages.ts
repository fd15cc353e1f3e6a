import { and, count, desc, eq } from 'drizzle-orm';
import { type Reader, readablePost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import { narrowReads, ofThread } from '~db/tracked-reads';

/** Returns the languages (BCP 47) of a thread's posts that the reader may see, most used first. */
export async function threadLanguages(
  db: Db,
  threadId: string,
  reader: Reader,
): Promise<{ language: string; posts: number }[]> {
  const written = count();
  return narrowReads(ofThread(threadId), () =>
    db
      .select({ language: posts.language, posts: written })
      .from(posts)
      .where(and(eq(posts.threadId, threadId), readablePost(reader)))
      .groupBy(posts.language)
      .orderBy(desc(written), posts.language),
  );
}
