import type { Locale } from '~/platform/i18n/locales';

/**
 * The interface languages in which whole pages and emails are checked: the original, a longer one, one
 * from right to left, and one whose letters take most bytes. Cheap checks are made in all languages.
 */
export const CHECKED_LANGUAGES = ['en', 'fr', 'ar', 'hi'] as const satisfies Locale[];
