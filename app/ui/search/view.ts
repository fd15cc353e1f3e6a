import { digestPath, digestTitle } from '~/domain/digests/present';
import { postPath } from '~/domain/forum/paths';
import type { Part } from '~/domain/search/marks';
import type { FoundDigest } from '~/domain/search/search-digests';
import type { FoundPost } from '~/domain/search/search-posts';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { placeName } from '~/platform/places/names';
import { parseScope } from '~/platform/places/scope';
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
}

export interface DigestView {
  id: string;
  path: string;
  title: string;
  publishedAt: number;
}

export function resultView(post: FoundPost, { locale }: SiteTranslator): ResultView {
  const { author, country, region, isOpening: _, ...shown } = post;
  const place = country ?? region;
  return {
    ...shown,
    path: postPath(post.id),
    languageName: languageName(post.language, locale),
    author: authorView(author, locale),
    place: place && placeName(place, locale),
  };
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
