import { presentTranslations } from '~/domain/forum/translations/translations';
import { isInLanguage } from '~/platform/languages/tags';
import type { Db } from '~db/client';
import { quotesOf } from './content';
import type { ReadableDigest } from './digests';

/**
 * Returns the posts that a digest quotes in another language, and that a person has translated into
 * this one (BCP 47). The quotes stay as they are: the translation is of the whole post.
 */
export async function translatedQuotes(
  db: Db,
  { content, visible }: Pick<ReadableDigest, 'content' | 'visible'>,
  language: string,
): Promise<string[]> {
  const foreign = quotesOf(content).filter(
    (quote) => visible.has(quote.postId) && !isInLanguage(quote.language, language),
  );
  const ids = [...new Set(foreign.map(({ postId }) => postId))];
  const found = await presentTranslations(db, ids);
  return found
    .filter((one) => one.language === language && 'person' in one.translator)
    .map(({ postId }) => postId);
}
