import type { Pillar } from '~/domain/community/vocabularies';
import type { AppContext } from '~/platform/app-context';
import { type CompletePost, parsePost, requireComplete } from './blog-post/parse-post';
import { pillarNamed } from './blog-post/pillars';
import { type ConversationReport, storeConversation } from './store-conversation';

/** What was read, without the whole text. */
export interface ImportedPost extends Omit<CompletePost, 'passages' | 'pillars'> {
  /** `slug` is null if the name does not match exactly one of the forum's pillars. */
  pillars: { name: string; slug: Pillar | null; description: string }[];
}

export interface PostReport extends ConversationReport {
  post: ImportedPost;
}

export interface PostOptions {
  /** True to open the conversation immediately instead of leaving a draft. */
  publish?: boolean;
  /** The URL of the post, unless it names one itself. */
  url?: string;
  /** BCP 47 language of the post, if not the one that it says or that its words show. */
  language?: string;
}

/**
 * Reads a blog post and creates its conversation, as `storeConversation` does.
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
  const report = await storeConversation(app, { ...post, link: url, language }, { publish });
  return { post, ...report };
}

function withForumPillars({ passages: _, ...post }: CompletePost): ImportedPost {
  const pillars = post.pillars.map((pillar) => ({ ...pillar, slug: pillarNamed(pillar.name) }));
  const unknown = pillars.filter(({ slug }) => !slug);
  const warnings = unknown.map(
    ({ name }) => `The pillar “${name}” is none of the forum's, or more than one.`,
  );
  return { ...post, pillars, warnings: [...post.warnings, ...warnings] };
}
