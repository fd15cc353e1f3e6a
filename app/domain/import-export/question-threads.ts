import { eq, isNull } from 'drizzle-orm';
import type { NewPost } from '~/domain/forum/posts/insert-post';
import { NO_DETAILS, type PostDetails } from '~/domain/forum/posts/post-fields';
import { freeSlug } from '~/domain/forum/threads/slug';
import { storePost } from '~/domain/publishing/store-post';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { threadPillars, threads } from '~db/schema';
import { questionKey } from './blog-post/question-key';
import { siteAccount } from './site-account';

/** A thread to be created from a blog post's question. */
export interface QuestionThread {
  /** A fixed thread id; without it the thread gets a new one. */
  id?: string | undefined;
  /** The question's number in its post, from 1. */
  number: number;
  slug: string;
  title: string;
  /** The opening post of the thread. */
  introduction: RenderedIntroduction;
  pillars: readonly string[];
}

/** Markdown, as it is shown. */
export interface RenderedIntroduction {
  body: string;
  html: string;
  excerpt: string;
}

/** What the threads of a conversation have in common. */
export interface QuestionsOf {
  conversationId: string;
  /** BCP 47. */
  language: string;
  /** The link to the blog post. */
  link: string | null;
  state: 'draft' | 'open';
}

/**
 * Returns an introduction with its HTML.
 * @throws Error if it cannot be shown
 */
export async function renderIntroduction(
  app: AppContext,
  body: string,
): Promise<RenderedIntroduction> {
  const rendered = await app.markdown.renderOwn(body);
  if (!rendered.ok) throw new Error(`an introduction cannot be shown: ${rendered.reason}`);
  return { body, html: rendered.html, excerpt: rendered.excerpt };
}

/** Creates the thread of a question, with its introduction as the opening post. Returns its id. */
export async function insertQuestionThread(
  tx: Db,
  app: AppContext,
  of: QuestionsOf,
  { introduction, ...question }: QuestionThread,
): Promise<string> {
  const now = app.clock.now();
  const id = question.id ?? newId(now);
  await insertThread(
    tx,
    {
      ...question,
      id,
      conversationId: of.conversationId,
      language: of.language,
      sourceUrl: of.link,
      state: of.state,
      sourceKey: questionKey(question.title),
      authorId: await siteAccount(tx, app.clock, app.config.siteName),
      createdAt: now,
    },
    { ...introduction, ...NO_DETAILS, importedAt: null },
  );
  return id;
}

/** A thread that was not written in a form. */
type ReadyThread = Pick<
  typeof threads.$inferInsert,
  | ('title' | 'state' | 'language' | 'authorId' | 'createdAt')
  | ('conversationId' | 'sourceKey' | 'sourceUrl')
> & { id: string; slug: string; number: number | null; pillars: readonly string[] };

type Opening = PostDetails & Pick<NewPost, 'body' | 'html' | 'excerpt' | 'editedAt' | 'importedAt'>;

/** Stores a thread with its opening post. A slug that is taken gets a number; a question number that is taken in its conversation is dropped. */
export async function insertThread(
  tx: Db,
  { id, slug, number, pillars, ...thread }: ReadyThread,
  opening: Opening,
): Promise<void> {
  const { title, state, language, authorId, createdAt } = thread;
  const { conversationId = null, sourceKey, sourceUrl } = thread;
  await tx.insert(threads).values({
    ...{ id, title, state, language, authorId, createdAt },
    ...{ conversationId, sourceKey, sourceUrl },
    slug: await freeSlug(tx, slug),
    questionNumber: await freeNumber(tx, number, conversationId),
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
