import type { Locale } from '~/platform/i18n/locales';
import { type MessageKey, type Translator, translatorFor } from '~/platform/i18n/translator';
import {
  type Community,
  perCommunity,
  type TermText,
  type Titled,
  type TranslatedSubject,
  VOCABULARY_TRAITS,
  type Vocabulary,
} from './community';
import { isTextSlug, textFor } from './texts';

/** Names of terms and titles of conversations: by vocabulary, slug and language (BCP 47). */
export type TermNames = Partial<
  Record<
    Vocabulary | 'conversation',
    Record<string, Record<string, { name: string; short: string }>>
  >
>;

/**
 * A translator that also knows what the community calls its pillars, kinds and terms. Its `t` returns
 * the community's own texts in place of the messages that they replace (`COMMUNITY_TEXTS`).
 */
export interface SiteTranslator extends Translator {
  readonly community: Community;
  name(vocabulary: Vocabulary, slug: string): string;
  /** Returns the short name of a term, or its name if it has none. */
  short(vocabulary: Vocabulary, slug: string): string;
  describe(vocabulary: Vocabulary, slug: string): string;
  /** Returns the language of a description, or of another part of a term, BCP 47. */
  languageOf(vocabulary: Vocabulary, slug: string, part?: keyof TermText): string;
  /** Returns the language of what `t` returns, BCP 47. */
  languageOfMessage(key: MessageKey): string;
  /** Returns the title of a thread or conversation in this language, else as it is. */
  titled<Row extends Titled>(subject: TranslatedSubject, row: Row): Row;
  /** Returns the title of an opened conversation in this language, else as it is; of others the slug. */
  conversationTitle(slug: string): string;
  /** Returns the same translator with these names instead, as far as they go. */
  naming(names: TermNames | null): SiteTranslator;
  readonly utc: SiteTranslator;
  withoutIsolates(): SiteTranslator;
}

const translators = perCommunity(() => new Map<string, SiteTranslator>());

/**
 * Returns the translator of a site for a stored language (BCP 47), or else the default one.
 * @param timeZone an IANA name; UTC is used if it is null or unknown
 */
export function siteTranslator(
  community: Community,
  language: Locale | string | null | undefined,
  timeZone: string | null = null,
): SiteTranslator {
  const plain = translatorFor(language, timeZone);
  const known = translators(community);
  const key = `${plain.locale} ${timeZone ?? ''}`;
  const made = known.get(key) ?? withNames(community, plain, null);
  known.set(key, made);
  return made;
}

/** Returns the article that asks the questions, titled as its conversation is; null if none is named. */
export function siteArticle({ community, titled }: SiteTranslator) {
  const { articleTitle: title, articleUrl: url } = community.settings;
  if (title === null) return null;
  const asked = [...community.conversations.values()].find((one) => one.title === title);
  return { title: asked ? titled('conversation', asked).title : title, url };
}

function withNames(
  community: Community,
  plain: Translator,
  names: TermNames | null,
): SiteTranslator {
  const { locale } = plain;
  const named = (vocabulary: Vocabulary, slug: string) => ({
    ...community.text(vocabulary, slug, locale),
    ...names?.[vocabulary]?.[slug]?.[locale],
  });
  return {
    ...plain,
    t(key, values) {
      const slug = textFor(key);
      return (slug && community.ownText(slug, locale)) || plain.t(key, values);
    },
    community,
    name: (vocabulary, slug) =>
      vocabulary === 'text' && isTextSlug(slug)
        ? plain.t(`community.text.${slug}`)
        : named(vocabulary, slug)[VOCABULARY_TRAITS[vocabulary].parts[0]],
    short: (vocabulary, slug) => named(vocabulary, slug).short || named(vocabulary, slug).name,
    describe: (vocabulary, slug) => community.text(vocabulary, slug, locale).description,
    languageOf: (vocabulary, slug, part) => community.languageOf(vocabulary, slug, locale, part),
    languageOfMessage(key) {
      const slug = textFor(key);
      return slug && community.ownText(slug, locale)
        ? community.languageOf('text', slug, locale)
        : locale;
    },
    titled: (subject, row) => community.titled(subject, row, locale),
    conversationTitle(slug) {
      const kept = names?.conversation?.[slug];
      // The first is the original.
      if (kept) return (kept[locale] ?? Object.values(kept)[0])?.name ?? slug;
      const row = community.conversations.get(slug);
      return row ? community.titled('conversation', row, locale).title : slug;
    },
    naming: (other) => withNames(community, plain, other),
    get utc() {
      return withNames(community, plain.utc, names);
    },
    withoutIsolates: () => withNames(community, plain.withoutIsolates(), names),
  };
}
