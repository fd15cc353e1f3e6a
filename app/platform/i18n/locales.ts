import { parseAccept } from 'hono/utils/accept';
import { readLanguage } from '~/platform/languages/tags';
import { LANGUAGES } from './messages';
import type { Language } from './messages/language';

export type Locale = keyof typeof LANGUAGES;

export type Direction = 'ltr' | 'rtl';

/** Node 22 has a property where later ones have a method; TypeScript knows neither yet. */
interface WithTextInfo extends Intl.Locale {
  textInfo?: { direction: Direction };
  getTextInfo?(): { direction: Direction };
}

/** Returns the direction in which a language (BCP 47) is written, as CLDR knows it. */
export function directionOf(tag: string): Direction {
  const locale: WithTextInfo = new Intl.Locale(tag);
  const { direction } = locale.getTextInfo?.() ?? locale.textInfo ?? { direction: 'ltr' };
  return direction;
}

/** The facts of the interface languages, by BCP 47 tag. */
export const LOCALES = Object.fromEntries(
  Object.entries(LANGUAGES).map(([tag, { language }]) => [
    tag,
    { ...language, dir: directionOf(tag) },
  ]),
) as Record<Locale, Language & { dir: Direction }>;

export const DEFAULT_LOCALE: Locale = 'en';

export function isLocale(tag: unknown): tag is Locale {
  return typeof tag === 'string' && Object.hasOwn(LOCALES, tag);
}

/** All interface languages, in the order in which they are listed. */
export const LOCALE_TAGS = Object.keys(LOCALES) as [Locale, ...Locale[]];

/** Returns the tag by which `Intl` writes dates and lists in a language (BCP 47). */
export function formatsOf(language: string): string {
  return isLocale(language) ? (LOCALES[language].formats ?? language) : language;
}

/** Returns the regular expression of the script of an interface language, as in `\p{Script=Arab}`. */
export function scriptOf(locale: Locale): string {
  const { script = 'Latn' } = new Intl.Locale(locale).maximize();
  return `\\p{Script=${script.replace(/Hans|Hant/, 'Hani')}}`;
}

/**
 * Returns the interface languages that an `Accept-Language` header (RFC 9110, 12.5.4) names, the
 * preferred one first; a regional variant is served by its base language, and a former code by its
 * present one. The country of the reader is never used.
 */
export function localesInAcceptLanguage(header: string | null): Locale[] {
  const wishes = parseAccept((header ?? '').slice(0, 500))
    .filter(({ q }) => q > 0)
    .map(({ type }) => readLanguage(type)?.split('-', 1)[0]);
  return [...new Set(wishes.filter(isLocale))];
}
