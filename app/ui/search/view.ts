import { digestPath, digestTitle } from '~/domain/digests/present';
import { postPath, READ, withParameter } from '~/domain/forum/paths';
import type { Part } from '~/domain/search/marks';
import type { FoundDigest } from '~/domain/search/search-digests';
import type { FoundPost } from '~/domain/search/search-posts';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { placeName } from '~/platform/places/names';
import { parseScope } from '~/platform/places/scope';
import { translatorView } from '~/ui/forum/post-translation-view';
import { type AuthorView, authorView } from '~/ui/forum/view';

/** A post found by the search, as shown on the page. */
export interface ResultView {
  id: string;
  path: string;
  title: Part[];
  titleLanguage: string;
  snippet: Part[];
  language: string;
  languageName: string;
  author: AuthorView;
  place: string | null;
  createdAt: number;
  /** That the snippet is from a translation, and whose. */
  translation: { language: string; says: string } | null;
}

export interface DigestView {
  id: string;
  path: string;
  title: string;
  publishedAt: number;
}

export function resultView(post: FoundPost, i18n: SiteTranslator): ResultView {
  const { locale } = i18n;
  const { author, country, region, isOpening: _, translation, ...shown } = post;
  const place = country ?? region;
  const path = postPath(post.id);
  return {
    ...shown,
    path: translation ? withParameter(path, READ, translation.language) : path,
    translation: translation && {
      language: translation.language,
      says: foundInTranslation(translation, i18n),
    },
    languageName: languageName(post.language, locale),
    author: authorView(author, locale),
    place: place && placeName(place, locale),
  };
}

function foundInTranslation(
  { language: tag, translator }: NonNullable<FoundPost['translation']>,
  { t, locale }: SiteTranslator,
): string {
  const language = languageName(tag, locale);
  const { person, machine } = translatorView(translator, locale);
  if (!person) return t('search.inMachineTranslation', { language, name: machine });
  return t('search.inTranslation', { language, name: person.label });
}

export function foundDigestView(digest: FoundDigest, i18n: SiteTranslator): DigestView[] {
  const scope = parseScope(digest.scope);
  if (!scope) return [];
  const { id, period, publishedAt } = digest;
  return [
    { id, path: digestPath(scope, period), title: digestTitle(i18n, scope, period), publishedAt },
  ];
}

/** Returns the name of a language in another language, or the tag itself if it has no name. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
