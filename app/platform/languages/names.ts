import type { Locale } from '~/platform/i18n/locales';

const made = new Map<Locale, Intl.DisplayNames>();

/**
 * Returns a function that gives the name of a language (BCP 47 tag) in the page's language, or the
 * tag itself if it has no name.
 */
export function languageNames(locale: Locale): (tag: string) => string {
  const names = made.get(locale) ?? new Intl.DisplayNames(locale, { type: 'language' });
  made.set(locale, names);
  return (tag) => {
    try {
      return names.of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
}
