import type { Locale } from '~/platform/i18n/locales';

const made = new Map<Locale, Intl.DisplayNames>();

/** What languages (BCP 47) are called in the language of the page; the tag where it has no name. */
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
