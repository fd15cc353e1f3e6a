import { IntlMessageFormat } from 'intl-messageformat';
import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from './locales';
import { LANGUAGES } from './messages';
import { messages as english } from './messages/en';
import { isTimeZone } from './time-zones';

export type MessageKey = keyof typeof english;
export type Values = Record<string, string | number>;

export interface Translator {
  locale: Locale;
  dir: 'ltr' | 'rtl';
  /** The message under `key`, its ICU placeholders filled. */
  t(key: MessageKey, values?: Values): string;
  /**
   * Like `t`, for messages with tags such as `<link>…</link>`: the parts of the sentence in
   * order, where each tag is a function in `values` that wraps what stands between.
   */
  parts<P>(key: MessageKey, values: Record<string, string | number | P | ((inner: P[]) => P)>): P[];
  /** A whole number with the digits and grouping of the language. */
  number(value: number): string;
  /** The day of a moment, such as "3 August 2026", where the reader lives; UTC unless they said. */
  day(ms: number): string;
  /** A day and minute, there too. */
  minute(ms: number): string;
  /** The same for everybody, in UTC: what periods and citations are told in. */
  utc: Translator;
  /** Items joined as the language joins them: "a, b and c". */
  list(items: string[]): string;
}

const translators = new Map<string, Translator>();

/** @param timeZone an IANA name; UTC stands in for none, and for one that is not known here */
export function translator(locale: Locale, timeZone: string | null = null): Translator {
  const name = timeZone ? `${locale} ${timeZone}` : locale;
  const known = translators.get(name);
  if (known) return known;
  const made = timeZone ? inZone(translator(locale), timeZone) : makeTranslator(locale);
  translators.set(name, made);
  return made;
}

/** The translator for a stored language (BCP 47); the default one where it is none of ours. */
export function translatorFor(language: string | null | undefined): Translator {
  return translator(isLocale(language) ? language : DEFAULT_LOCALE);
}

function inZone(utc: Translator, timeZone: string): Translator {
  return isTimeZone(timeZone) ? { ...utc, ...dateFormats(utc.locale, timeZone), utc } : utc;
}

function dateFormats(locale: Locale, timeZone: string): Pick<Translator, 'day' | 'minute'> {
  // Most readers of English here do not write dates as the United States do.
  const dates = locale === 'en' ? 'en-GB' : locale;
  const day = new Intl.DateTimeFormat(dates, { dateStyle: 'long', timeZone });
  const minute = new Intl.DateTimeFormat(dates, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  });
  return { day: (ms) => day.format(ms), minute: (ms) => minute.format(ms) };
}

function makeTranslator(locale: Locale): Translator {
  const catalogue: Record<string, string> = LANGUAGES[locale].messages;
  const formats = new Map<string, IntlMessageFormat>();
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });

  function format(key: MessageKey): IntlMessageFormat {
    const known = formats.get(key);
    if (known) return known;
    // A missing translation falls back to English; a test keeps the catalogues complete.
    const made = new IntlMessageFormat(catalogue[key] ?? english[key], locale);
    formats.set(key, made);
    return made;
  }

  const made: Translator = {
    locale,
    dir: LOCALES[locale].dir,
    t: (key, values) => String(format(key).format(values)),
    parts<P>(key: MessageKey, values: Record<string, unknown>) {
      const result = format(key).format<P>(values as never);
      return (Array.isArray(result) ? result : [result]) as P[];
    },
    number: (value) => number.format(value),
    ...dateFormats(locale, 'UTC'),
    list: (items) => list.format(items),
    get utc() {
      return made;
    },
  };
  return made;
}
