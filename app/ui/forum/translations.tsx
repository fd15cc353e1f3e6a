import { withParameter } from '~/domain/forum/paths';
import type { Titled, TranslatedSubject } from '~/platform/community/community';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { languageNames, ownName } from '~/platform/languages/names';
import { readLanguage } from '~/platform/languages/tags';
import { useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';

/** The parameter of a page that shows the site's own texts in another language than its own. */
const IN = 'in';

/** Returns the language in which a page shows the site's own texts, by default its own; BCP 47. */
export function wantedLanguage(url: URL, own: string): string {
  return readLanguage(url.searchParams.get(IN)) ?? own;
}

/** Returns the path of a preview image in a language; `own` is the one that it has by itself. */
export function cardIn(path: string, language: string, own: string): string {
  return language === own ? path : withParameter(path, IN, language);
}

/** Adds to a link the language in which a page was asked to show the site's own texts, if any. */
export function inSameLanguage(url: URL, path: string): string {
  const language = readLanguage(url.searchParams.get(IN));
  return language ? withParameter(path, IN, language) : path;
}

/** A language of a text, as a link. */
export interface LanguageLink {
  language: string;
  /** By its own name, or for the original that it is the original. */
  label: string;
  /** The language of the label; undefined for that of the page. */
  labelLanguage: string | undefined;
  href: string;
}

/** Returns links to the languages of a thread or conversation other than the shown one. */
export function languageLinks(
  i18n: SiteTranslator,
  subject: TranslatedSubject,
  row: Titled,
  shown: Titled,
  path: string,
): LanguageLink[] {
  const translated = [...i18n.community.translatedTitles(subject, row).keys()].sort();
  return [row.language, ...translated]
    .filter((language) => language !== shown.language)
    .map((language) => {
      const href = withParameter(path, IN, language);
      if (language !== row.language) {
        return { language, label: ownName(language), labelLanguage: language, href };
      }
      const name = languageNames(i18n.locale)(language);
      const label = i18n.t('conversation.original', { language: name });
      return { language, label, labelLanguage: undefined, href };
    });
}

/** Links to a text in other languages. */
export function LanguageLinks({ links }: { links: readonly LanguageLink[] }) {
  const { t } = useI18n();
  if (links.length === 0) return null;
  return (
    <Meta as="nav" className="quiet" aria-label={t('conversation.languages')}>
      {links.map(({ language, label, labelLanguage, href }) => (
        <a key={language} href={href} lang={labelLanguage} hrefLang={language} rel="nofollow">
          {label}
        </a>
      ))}
    </Meta>
  );
}
