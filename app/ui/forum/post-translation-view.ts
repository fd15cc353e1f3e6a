import type { Visitor } from '~/domain/accounts/users/visitor';
import { glossaryTerms } from '~/domain/community/glossary-terms';
import { READ, withParameter } from '~/domain/forum/paths';
import type { PostTranslation } from '~/domain/forum/translations/translations';
import type { SiteTranslator } from '~/platform/community/site-translator';
import type { Locale } from '~/platform/i18n/locales';
import { isInLanguage, readLanguage } from '~/platform/languages/tags';
import { decorateHtml } from '~/platform/markdown/decorate-html';
import { authorView, type PostView, type TranslationView, type TranslatorView } from './view';

const ORIGINAL = 'original';

/** The languages that posts are read in on a page: those in others are shown in translation first. */
export interface Reading {
  /** BCP 47, the best first; empty to show all posts as they were written. */
  languages: readonly string[];
  /** What the address of the page says; null if it says nothing. */
  chosen: string | null;
}

/** Returns the languages that the address of a page names, or else those that a member reads. */
export function readingOf(url: URL, { person }: Visitor, locale: Locale): Reading {
  const chosen = url.searchParams.get(READ);
  if (chosen === ORIGINAL) return { languages: [], chosen };
  const language = readLanguage(chosen);
  // A link may name a country (`pt-BR`) where translations name a language (`pt`).
  if (language)
    return { languages: [language, new Intl.Locale(language).language], chosen: language };
  const own = person?.reads ?? [];
  const first = own.filter((tag) => tag === locale);
  return { languages: [...first, ...own.filter((tag) => tag !== locale)], chosen: null };
}

export function translatorView(
  translator: PostTranslation['translator'],
  locale: Locale,
): TranslatorView {
  if ('machine' in translator) return { person: null, machine: translator.machine };
  return { person: authorView(translator.person, locale), machine: '' };
}

type Found = PostTranslation & { text: string | null };

/** Returns a function that adds its translation to a post of the page at `path`. */
export function translating(
  found: ReadonlyMap<string, readonly Found[]>,
  { read, i18n, path }: { read: Reading; i18n: SiteTranslator; path: string },
): (post: PostView) => PostView {
  const { locale } = i18n;
  const isRead = (post: PostView) => read.languages.some((tag) => isInLanguage(post.language, tag));
  return (post) => {
    const all = found.get(post.id) ?? [];
    if (all.length === 0 || post.state === 'deleted') return post;
    const translated =
      post.html === null || isRead(post) ? null : firstOf(all, read.languages, post, i18n);
    if (translated) return { ...post, translated };
    const has = all.some(({ language }) => language === locale);
    if (!has || isInLanguage(post.language, locale)) return post;
    // A post that is too long for the page is read on its own.
    const page = post.html === null ? post.whole : path;
    return { ...post, readIn: `${withParameter(page, READ, locale)}#${post.anchor}` };
  };
}

function firstOf(
  all: readonly Found[],
  languages: readonly string[],
  post: PostView,
  { locale, community }: SiteTranslator,
): TranslationView | null {
  const [first] = languages.flatMap((tag) => all.filter((one) => one.language === tag && one.text));
  if (!first?.text) return null;
  const { language, text, translator, createdAt, isOlder } = first;
  const html = decorateHtml(text, {
    anchor: `${post.anchor}-${language}`,
    terms: glossaryTerms(community, language),
  });
  return { language, html, translator: translatorView(translator, locale), createdAt, isOlder };
}

/** How many posts of a page are shown in translation, and the pages that show it otherwise. */
export interface TranslatedCount {
  shown: number;
  /** The page with translations into its language first; null if there are none besides. */
  translations: string | null;
  originals: string;
}

/** @param path the page without a choice */
export function countTranslated(
  posts: readonly (PostView | null)[],
  path: string,
): TranslatedCount {
  const [first] = posts.flatMap((post) => (post?.readIn && post.html !== null ? [post] : []));
  return {
    shown: posts.filter((post) => post?.translated).length,
    translations: first?.readIn?.split('#')[0] ?? null,
    originals: withParameter(path, READ, ORIGINAL),
  };
}
