import { eq } from 'drizzle-orm';
import type { NewPost } from '~/domain/forum/posts/insert-post';
import { NO_DETAILS, type PostDetails } from '~/domain/forum/posts/post-fields';
import { freeSlug } from '~/domain/forum/threads/slug';
import { storePost } from '~/domain/publishing/store-post';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { threadPillars, threads } from '~db/schema';
import { siteAccount } from './site-account';

/** A thread to be created from a blog post's question. */
export interface QuestionThread {
  /** A fixed thread id; without it the thread gets a new one. */
  id?: string;
  /** The fingerprint of the question: at most one thread each, however often it is imported. */
  sourceKey: string;
  sourceUrl: string | null;
  /** The question's number in its post, from 1; null if another post already uses that number. */
  number: number | null;
  slug: string;
  title: string;
  /** The opening post of the thread, in Markdown. */
  introduction: string;
  language: string;
  pillars: readonly string[];
  state: 'draft' | 'open';
}

export interface MadeThreads {
  made: { id: string; title: string }[];
  /** Questions that already had a thread. */
  known: { id: string; title: string }[];
}

/** Creates the missing threads, all or none, each with its introduction as the opening post. */
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
  { html, excerpt }: { html: string; excerpt: string },
): Promise<string> {
  const now = app.clock.now();
  const id = question.id ?? newId(now);
  await insertThread(
    tx,
    { ...question, id, authorId, createdAt: now },
    { body: question.introduction, html, excerpt, ...NO_DETAILS, importedAt: null },
  );
  return id;
}

/** A thread that was not written in a form. */
type ReadyThread = Pick<
  typeof threads.$inferInsert,
  'title' | 'state' | 'language' | 'authorId' | 'sourceKey' | 'sourceUrl' | 'createdAt'
> & { id: string; slug: string; number: number | null; pillars: readonly string[] };

type Opening = PostDetails & Pick<NewPost, 'body' | 'html' | 'excerpt' | 'editedAt' | 'importedAt'>;

/** Stores a thread with its opening post. A slug that is taken gets a number; a question number that is taken is dropped. */
export async function insertThread(
  tx: Db,
  { id, slug, number, pillars, ...thread }: ReadyThread,
  opening: Opening,
): Promise<void> {
  const { title, state, language, authorId, sourceKey, sourceUrl, createdAt } = thread;
  await tx.insert(threads).values({
    ...{ id, title, state, language, authorId, sourceKey, sourceUrl, createdAt },
    slug: await freeSlug(tx, slug),
    questionNumber: await freeNumber(tx, number),
    activeAt: createdAt,
  });
  if (pillars.length > 0) {
    const rows = pillars.map((pillar) => ({ threadId: id, pillar }));
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
    language,
    createdAt,
    ...opening,
  });
}

async function freeNumber(tx: Db, number: number | null): Promise<number | null> {
  if (number === null) return null;
  const [taken] = await tx
    .select({ id: threads.id })
    .from(threads)
    .where(eq(threads.questionNumber, number));
  return taken ? null : number;
}
