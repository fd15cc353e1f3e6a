import { asc, inArray } from 'drizzle-orm';
import { proposeTitle, translateTitle } from '~/domain/barriers/ranking/propose-title';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Locale } from '~/platform/i18n/locales';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { idsOf } from '~/platform/ids';
import { languageNames } from '~/platform/languages/names';
import { posts } from '~db/schema';
import { proposeText } from './change';
import { findKeyPoint, type KeyPoint } from './key-points';
import { LONGEST_TITLE } from './limits';

/**
 * Has the site's language model propose a title in a language that has none: it translates one that a
 * person accepted, or else names what the posts report. It is shown as a proposal until a person
 * accepts it.
 * @throws DomainError `missing` without a model or key point, `refused` if the model has no title
 */
export async function proposeTitleOf(
  app: AppContext,
  keyPointId: string,
  language: Locale,
): Promise<void> {
  const { llm } = app.config;
  const point = await findKeyPoint(app.db.reader, app.community, keyPointId, { unnamed: true });
  if (!llm || !point) throw new DomainError('missing', 'site.problem.404.title');
  const about = app.community.ownText('tagline', DEFAULT_LOCALE);
  const named = languageNames(DEFAULT_LOCALE)(language);
  const accepted = Object.values(point.texts).find(({ proposed }) => !proposed);
  const title = accepted
    ? await translateTitle(llm, accepted.title, named)
    : await proposeTitle(llm, about, await reportsOf(app, point), named);
  if (!title || title.length > LONGEST_TITLE) {
    throw new DomainError('refused', 'keyPoints.error.noTitle');
  }
  const words = { title, sentence: title, model: llm.model };
  await app.db.write((tx) => proposeText(tx, { keyPointId, language, ...words }));
}

/** Of how many reports a title is made. */
const READ = 8;

function reportsOf({ db }: AppContext, { posts: own }: KeyPoint) {
  return db.reader
    .select({ text: posts.body, language: posts.language })
    .from(postsInAnyState)
    .where(inArray(posts.id, idsOf(own.slice(0, READ))))
    .orderBy(asc(posts.createdAt), asc(posts.id));
}
