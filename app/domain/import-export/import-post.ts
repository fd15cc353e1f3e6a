import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Pillar } from '~/domain/community/vocabularies';
import { slugOf } from '~/domain/forum/threads/slug';
import type { AppContext } from '~/platform/app-context';
import { threads } from '~db/schema';
import { type CompletePost, parsePost, requireComplete } from './blog-post/parse-post';
import { pillarNamed } from './blog-post/pillars';
import { questionKey } from './blog-post/question-key';
import { makeQuestionThreads } from './question-threads';

/** What was read, without the whole text. */
export interface ImportedPost extends Omit<CompletePost, 'passages' | 'pillars'> {
  /** `slug` is null if the name does not match exactly one of the forum's pillars. */
  pillars: { name: string; slug: Pillar | null; description: string }[];
}

export interface PostReport {
  post: ImportedPost;
  /** Threads created now. */
  made: { id: string; title: string }[];
  /** Threads that already existed, from the seed or an earlier import. */
  known: { id: string; title: string }[];
  /** Number of drafts opened now. */
  opened: number;
}

export interface PostOptions {
  /** True to open the threads immediately instead of leaving drafts. */
  publish?: boolean;
  /** The URL of the post, unless it names one itself; the threads link to it. */
  url?: string;
  /** BCP 47 language of the post, if not the one that it says or that its words show. */
  language?: string;
}

/**
 * Reads a blog post and creates a thread for each of its questions, as a draft unless `publish` is
 * set. A question that already has a thread, according to its words, gets no second one.
 *
 * @throws PostFormatError if it is not a post with a title and questions
 */
export async function importPost(
  app: AppContext,
  source: string,
  options: PostOptions = {},
): Promise<PostReport> {
  const post = withForumPillars(requireComplete(parsePost(source)));
  const { publish = false, url = post.link, language = post.language } = options;
  const pillars = post.pillars.flatMap((pillar) => (pillar.slug ? [pillar.slug] : []));
  const keys = post.questions.map((question) => questionKey(question.text));
  const { made, known } = await makeQuestionThreads(
    app,
    post.questions.map((question) => ({
      sourceKey: questionKey(question.text),
      sourceUrl: url,
      number: question.number,
      slug: slugOf(question.text),
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

function withForumPillars({ passages: _, ...post }: CompletePost): ImportedPost {
  const pillars = post.pillars.map((pillar) => ({ ...pillar, slug: pillarNamed(pillar.name) }));
  const unknown = pillars.filter(({ slug }) => !slug);
  const warnings = unknown.map(
    ({ name }) => `The pillar “${name}” is none of the forum's, or more than one.`,
  );
  return { ...post, pillars, warnings: [...post.warnings, ...warnings] };
}

/** Returns the opening text, with its source, until a moderator writes a better one. */
function introduction(post: ImportedPost): string {
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

/** The seed does not know the URL of the post; the first import with a URL sets it. */
async function rememberAddress(app: AppContext, keys: string[], url: string): Promise<void> {
  await app.db.write((tx) =>
    tx
      .update(threads)
      .set({ sourceUrl: url })
      .where(and(inArray(threads.sourceKey, keys), isNull(threads.sourceUrl))),
  );
}
