import { createContext, Fragment, type ReactNode, useContext } from 'react';
import { NO_COMMUNITY } from '~/platform/community/community';
import { type SiteTranslator, siteTranslator } from '~/platform/community/site-translator';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import type { MessageKey } from '~/platform/i18n/translator';

const TranslatorContext = createContext<SiteTranslator>(
  siteTranslator(NO_COMMUNITY, DEFAULT_LOCALE),
);

export const TranslatorProvider = TranslatorContext.Provider;

/** Returns the translator of the page being rendered. */
export function useI18n(): SiteTranslator {
  return useContext(TranslatorContext);
}

/** The attributes of an element with words in a language (BCP 47): none if it is that of the page. */
function inLanguage({ locale }: SiteTranslator, language: string) {
  return language === locale ? {} : { lang: language, dir: 'auto' as const };
}

/**
 * The attributes of an element with the description of a term, or another part: its language where
 * the original stands in for it.
 */
export function langOfTerm(
  i18n: SiteTranslator,
  ...part: Parameters<SiteTranslator['languageOf']>
) {
  return inLanguage(i18n, i18n.languageOf(...part));
}

/** The same for one of the community's own texts. */
export function langOfMessage(i18n: SiteTranslator, key: MessageKey) {
  return inLanguage(i18n, i18n.languageOfMessage(key));
}

interface TextProps {
  k: MessageKey;
  values?: Record<string, string | number | ReactNode | ((inner: ReactNode[]) => ReactNode)>;
}

/** A message that contains tags or elements, such as a link in the middle. */
export function Text({ k, values = {} }: TextProps) {
  const parts = useI18n().parts<ReactNode>(k, values as never);
  return (
    <>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
        <Fragment key={at}>{part}</Fragment>
      ))}
    </>
  );
}

/** A paragraph that is such a message. */
export function TextLine({ className, ...text }: TextProps & { className?: string }) {
  return (
    <p className={className}>
      <Text {...text} />
    </p>
  );
}

/** The first paragraph of a page where the community may have its own words for it. */
export function Lead({ k }: { k: MessageKey }) {
  const i18n = useI18n();
  return (
    <p className="lead" {...langOfMessage(i18n, k)}>
      {i18n.t(k)}
    </p>
  );
}

/** What stands between two sentences, and after a colon. */
export function Gap() {
  return useI18n().gap;
}

/** Makes the words of a tag in a message a link. */
export function linkTo(href: string, rel?: 'license' | 'nofollow') {
  return (words: ReactNode[]) => (
    <a href={href} rel={rel}>
      {words}
    </a>
  );
}
