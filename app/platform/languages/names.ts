import type { Locale } from '~/platform/i18n/locales';

const made = new Map<Locale, Intl.DisplayNames>();

/** Returns what a language (BCP 47) calls itself, or the tag if that is not known. */
export function ownName(tag: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Returns a function that names a language (BCP 47), or returns the tag if it has no name. */
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
