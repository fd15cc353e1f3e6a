import { parseAccept } from 'hono/utils/accept';

import { LANGUAGES } from './messages';
import type { Language } from './messages/language';

export type Locale = keyof typeof LANGUAGES;

/** The names of the interface languages, by BCP 47 tag. */
export const LOCALES = Object.fromEntries(
  Object.entries(LANGUAGES).map(([tag, { language }]) => [tag, language]),
) as Record<Locale, Language>;

export const DEFAULT_LOCALE: Locale = 'en';

export function isLocale(tag: unknown): tag is Locale {
  return typeof tag === 'string' && Object.hasOwn(LOCALES, tag);
}

/**
 * Returns the interface language that an `Accept-Language` header (RFC 9110, 12.5.4) prefers; a
 * regional variant is served by its base language. The country of the reader is never used.
 */
export function localeFromAcceptLanguage(header: string | null): Locale | null {
  const wishes = parseAccept((header ?? '').slice(0, 500))
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase().split('-')[0]);
  return wishes.find(isLocale) ?? null;
}
