import { IntlMessageFormat } from 'intl-messageformat';
import { LOCALES, type Locale } from './locales';
import { messages as ar } from './messages/ar';
import { messages as en } from './messages/en';
import { messages as fr } from './messages/fr';

export type MessageKey = keyof typeof en;
export type Values = Record<string, string | number>;

const catalogues: Record<Locale, Record<string, string>> = { en, fr, ar };

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
  /** A day, such as "3 August 2026", in UTC. */
  day(ms: number): string;
  /** A day and minute, in UTC. */
  minute(ms: number): string;
  /** Items joined as the language joins them: "a, b and c". */
  list(items: string[]): string;
}

const translators = new Map<Locale, Translator>();

export function translator(locale: Locale): Translator {
  const known = translators.get(locale);
  if (known) return known;
  const made = makeTranslator(locale);
  translators.set(locale, made);
  return made;
}

function makeTranslator(locale: Locale): Translator {
  const catalogue = catalogues[locale];
  const formats = new Map<string, IntlMessageFormat>();
  const number = new Intl.NumberFormat(locale);
  // Most readers of English here do not write dates as the United States do.
  const dates = locale === 'en' ? 'en-GB' : locale;
  const day = new Intl.DateTimeFormat(dates, { dateStyle: 'long', timeZone: 'UTC' });
  const minute = new Intl.DateTimeFormat(dates, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });

  function format(key: MessageKey): IntlMessageFormat {
    const known = formats.get(key);
    if (known) return known;
    // A missing translation falls back to English; a test keeps the catalogues complete.
    const made = new IntlMessageFormat(catalogue[key] ?? en[key], locale);
    formats.set(key, made);
    return made;
  }

  return {
    locale,
    dir: LOCALES[locale].dir,
    t: (key, values) => String(format(key).format(values)),
    parts<P>(key: MessageKey, values: Record<string, unknown>) {
      const result = format(key).format<P>(values as never);
      return (Array.isArray(result) ? result : [result]) as P[];
    },
    number: (value) => number.format(value),
    day: (ms) => day.format(ms),
    minute: (ms) => minute.format(ms),
    list: (items) => list.format(items),
  };
}
