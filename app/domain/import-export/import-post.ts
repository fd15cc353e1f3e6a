import type { AppContext } from '~/platform/app-context';
import type { BroughtPillar } from '~db/schema/conversation';
import { type CompletePost, parsePost, requireComplete } from './blog-post/parse-post';
import { addTerms, matchPillars } from './read-post';
import { type ConversationReport, storeConversation } from './store-conversation';

/** What was read, without the whole text. */
export interface ImportedPost extends Omit<CompletePost, 'passages' | 'pillars'> {
  /** `slug` is null for a name that means none of the community's pillars; it is left out. */
  pillars: BroughtPillar[];
}

export interface PostReport extends ConversationReport {
  post: ImportedPost;
}

export interface PostOptions {
  /** True to open the conversation immediately instead of leaving a draft. */
  publish?: boolean;
  /** True to add the pillars that the community does not have; otherwise they are left out. */
  newPillars?: boolean;
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
  const { passages: _, ...parsed } = requireComplete(parsePost(source));
  const { publish = false, newPillars = false } = options;
  const { url = parsed.link, language = parsed.language } = options;
  const { pillars, warnings } = await pillarsOf(app, { ...parsed, language }, newPillars);
  const post = { ...parsed, pillars, warnings: [...parsed.warnings, ...warnings] };
  const report = await storeConversation(
    app,
    { ...post, link: url, language },
    { publish, by: null },
  );
  return { post, ...report };
}

/** Finds the community's pillars that a post names; adds the others if `mayAdd`. */
async function pillarsOf(
  app: AppContext,
  post: Pick<CompletePost, 'title' | 'language' | 'pillars'>,
  mayAdd: boolean,
): Promise<{ pillars: BroughtPillar[]; warnings: string[] }> {
  const matched = matchPillars(app.community, post.pillars);
  const unknown = matched.filter(({ slug }) => slug === null);
  const added = await addTerms(app, null, 'pillar', mayAdd ? unknown : [], post);
  const likely = matched.filter(({ match }) => match === 'likely');
  return {
    pillars: matched.map(({ name, description, slug }) => {
      return { name, description, slug: slug ?? added.get(name) ?? null };
    }),
    warnings: [
      ...likely.map(({ name, slug }) => `The pillar “${name}” was taken for “${slug}”.`),
      ...(mayAdd ? [] : unknown).map(
        ({ name }) => `The pillar “${name}” is none of the forum's, or more than one.`,
      ),
    ],
  };
}
