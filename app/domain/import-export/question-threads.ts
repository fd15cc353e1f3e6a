import { eq } from 'drizzle-orm';
import { NO_DETAILS } from '~/domain/forum/posts/post-fields';
import { freeSlug } from '~/domain/forum/threads/slug';
import { storePost } from '~/domain/publishing/store-post';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { threadPillars, threads } from '~db/schema';
import { siteAccount } from './site-account';

/** A thread to be made from a question of a blog post. */
export interface QuestionThread {
  /** The thread's id where it is fixed; otherwise it gets a new one. */
  id?: string;
  /** The fingerprint of the question: one thread for each, however often it comes in. */
  sourceKey: string;
  sourceUrl: string | null;
  /** The question's place in its post, from 1; null when that number is taken by another post. */
  number: number | null;
  slug: string;
  title: string;
  /** The text that opens the thread, in Markdown. */
  introduction: string;
  language: string;
  pillars: readonly string[];
  state: 'draft' | 'open';
}

export interface MadeThreads {
  made: { id: string; title: string }[];
  /** Titles of questions that had a thread already. */
  known: { id: string; title: string }[];
}

/** Makes the threads that are not there yet, all or none; the introductions open them. */
export async function makeQuestionThreads(
  app: AppContext,
  questions: readonly QuestionThread[],
): Promise<MadeThreads> {
  const rendered = await Promise.all(
    questions.map((question) => app.markdown.renderOwn(question.introduction)),
  );
  return app.db.write(async (tx) => {
    const result: MadeThreads = { made: [], known: [] };
    const authorId = await siteAccount(tx, app.clock, app.config.siteName);
    for (const [at, question] of questions.entries()) {
      const [known] = await tx
        .select({ id: threads.id, title: threads.title })
        .from(threads)
        .where(eq(threads.sourceKey, question.sourceKey));
      if (known) {
        result.known.push(known);
        continue;
      }
      const introduction = rendered[at];
      if (!introduction?.ok) {
        throw new Error(
          `the introduction of “${question.title}” cannot be shown: ${introduction?.reason}`,
        );
      }
      const id = await insertQuestionThread(tx, app, authorId, question, introduction);
      result.made.push({ id, title: question.title });
    }
    return result;
  });
}

async function insertQuestionThread(
  tx: Db,
  app: AppContext,
  authorId: string,
  question: QuestionThread,
  introduction: { html: string; excerpt: string },
): Promise<string> {
  const now = app.clock.now();
  const id = question.id ?? newId(now);
  await tx.insert(threads).values({
    id,
    slug: await freeSlug(tx, question.slug),
    title: question.title,
    state: question.state,
    language: question.language,
    authorId,
    sourceKey: question.sourceKey,
    sourceUrl: question.sourceUrl,
    questionNumber: await freeNumber(tx, question.number),
    createdAt: now,
    activeAt: now,
  });
  if (question.pillars.length > 0) {
    const rows = question.pillars.map((pillar) => ({ threadId: id, pillar }));
    await tx.insert(threadPillars).values(rows);
  }
  await storePost(tx, {
    id: `${id}-opening`,
    threadId: id,
    authorId,
    isOpening: true,
    parentId: null,
    replyToId: null,
    state: 'visible',
    body: question.introduction,
    html: introduction.html,
    excerpt: introduction.excerpt,
    language: question.language,
    ...NO_DETAILS,
    createdAt: now,
    importedAt: null,
  });
  return id;
}

async function freeNumber(tx: Db, number: number | null): Promise<number | null> {
  if (number === null) return null;
  const [taken] = await tx
    .select({ id: threads.id })
    .from(threads)
    .where(eq(threads.questionNumber, number));
  return taken ? null : number;
}
