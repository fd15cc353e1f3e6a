import { and, eq, inArray, isNull } from 'drizzle-orm';
import { threadSlug } from '~/domain/forum/threads/slug';
import type { AppContext } from '~/platform/app-context';
import { threads } from '~db/schema';
import { type ParsedPost, parsePost } from './blog-post/parse-post';
import { questionKey } from './blog-post/question-key';
import { makeQuestionThreads } from './question-threads';

export interface PostReport {
  post: ParsedPost;
  /** Threads that were made now. */
  made: { id: string; title: string }[];
  /** Threads that were there already, from the seed or from an earlier import. */
  known: { id: string; title: string }[];
  /** Drafts that were opened now. */
  opened: number;
}

export interface PostOptions {
  /** Open the threads at once instead of leaving drafts. */
  publish?: boolean;
  /** Where the post can be read; the threads link there. */
  url?: string;
  /** BCP 47 language of the post. */
  language?: string;
}

/**
 * Reads a blog post and makes a thread of each of its questions, a draft unless told to publish.
 * A question that has a thread already, by its words, makes none.
 *
 * @throws PostFormatError when it is not a post with a title and questions
 */
export async function importPost(
  app: AppContext,
  source: string,
  { publish = false, url, language = 'en' }: PostOptions = {},
): Promise<PostReport> {
  const post = parsePost(source);
  const pillars = post.pillars.flatMap((pillar) => (pillar.slug ? [pillar.slug] : []));
  const keys = post.questions.map((question) => questionKey(question.text));
  const { made, known } = await makeQuestionThreads(
    app,
    post.questions.map((question) => ({
      sourceKey: questionKey(question.text),
      sourceUrl: url ?? null,
      number: question.number,
      slug: threadSlug(question.text),
      title: question.text,
      introduction: introduction(post),
      language,
      pillars,
      state: publish ? 'open' : 'draft',
    })),
  );
  const opened = publish ? await openDrafts(app, keys) : 0;
  if (url) await rememberAddress(app, keys, url);
  return { post, made, known, opened };
}

/** What opens such a thread until a moderator writes a better introduction: whence it comes. */
function introduction(post: ParsedPost): string {
  const points = post.summaryPoints.map((point) => `- ${point}`);
  return [`*${post.title}*`, points.join('\n')].filter(Boolean).join('\n\n');
}

async function openDrafts(app: AppContext, keys: string[]): Promise<number> {
  const opened = await app.db.write((tx) =>
    tx
      .update(threads)
      .set({ state: 'open' })
      .where(and(inArray(threads.sourceKey, keys), eq(threads.state, 'draft')))
      .returning({ id: threads.id }),
  );
  return opened.length;
}

/** The seed does not know where the post stands; the first import that tells is believed. */
async function rememberAddress(app: AppContext, keys: string[], url: string): Promise<void> {
  await app.db.write((tx) =>
    tx
      .update(threads)
      .set({ sourceUrl: url })
      .where(and(inArray(threads.sourceKey, keys), isNull(threads.sourceUrl))),
  );
}
