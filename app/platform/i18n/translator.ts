import { IntlMessageFormat } from 'intl-messageformat';
import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from './locales';
import { LANGUAGES } from './messages';
import { messages as english } from './messages/en';
import { isTimeZone } from './time-zones';

export type MessageKey = keyof typeof english;
/** A `Date` is shown as `Translator.day` shows it: whoever reads may be in any time zone. */
export type Values = Record<string, string | number | Date>;

export interface Translator {
  locale: Locale;
  dir: 'ltr' | 'rtl';
  /** Returns the message under `key` with its ICU placeholders filled in. */
  t(key: MessageKey, values?: Values): string;
  /**
   * Like `t`, for messages with tags such as `<link>…</link>`. Returns the parts of the sentence in
   * order; each tag is a function in `values` that wraps the content of the tag.
   */
  parts<P>(key: MessageKey, values: Record<string, string | number | P | ((inner: P[]) => P)>): P[];
  /** Formats a whole number with the digits and grouping of the language. */
  number(value: number): string;
  /** Formats a date such as "3 August 2026", in the reader's time zone or in UTC if none is set. */
  day(ms: number): string;
  /** Formats a date and time to the minute, in the same time zone. */
  minute(ms: number): string;
  /** The same with times in UTC, for periods and citations, which are the same for everybody. */
  utc: Translator;
  /** The same without the characters that isolate values: for data, in which programs look for a title as its author wrote it. */
  withoutIsolates: Translator;
  /** Joins items as the language does: "a, b and c". */
  list(items: string[]): string;
  /** The same for a choice: "a, b or c". */
  either(items: string[]): string;
}

const translators = new Map<string, Translator>();

/** @param timeZone an IANA name; UTC is used if it is null or unknown */
export function translator(locale: Locale, timeZone: string | null = null): Translator {
  const name = timeZone ? `${locale} ${timeZone}` : locale;
  const known = translators.get(name);
  if (known) return known;
  const made = timeZone ? inZone(translator(locale), timeZone) : makeTranslator(locale);
  translators.set(name, made);
  return made;
}

/** Returns the translator for a stored language (BCP 47), or else the default one. */
export function translatorFor(
  language: string | null | undefined,
  timeZone: string | null = null,
): Translator {
  return translator(isLocale(language) ? language : DEFAULT_LOCALE, timeZone);
}

function inZone(utc: Translator, timeZone: string): Translator {
  if (!isTimeZone(timeZone)) return utc;
  const formats = dateFormats(utc.locale, timeZone);
  return {
    ...utc,
    ...formats,
    t: (key, values) => utc.t(key, withDays(values, formats.day)),
    utc,
    get withoutIsolates() {
      return inZone(utc.withoutIsolates, timeZone);
    },
  };
}

/** Most readers of English here do not write dates and lists as in the United States. */
function regional(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : locale;
}

function dateFormats(locale: Locale, timeZone: string): Pick<Translator, 'day' | 'minute'> {
  const dates = regional(locale);
  const day = new Intl.DateTimeFormat(dates, { dateStyle: 'long', timeZone });
  const minute = new Intl.DateTimeFormat(dates, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  });
  // French says "1er octobre", which Intl does not know.
  const said = (text: string) => (locale === 'fr' ? text.replace(/^1 /, '1er ') : text);
  return { day: (ms) => said(day.format(ms)), minute: (ms) => said(minute.format(ms)) };
}

function withDays(values: Values | undefined, day: Translator['day']): Values | undefined {
  if (!values) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value instanceof Date ? day(value.getTime()) : value,
    ]),
  );
}

/** First strong isolate, pop directional isolate (UAX 9). */
const [FSI, PDI] = ['\u2068', '\u2069'];
const LETTERS = /\p{L}/gu;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/**
 * One word keeps its place by itself, also one such as "no-longer"; links and email addresses must stay
 * what programs recognise.
 */
const NEEDS_NONE = /^(?:[\p{L}\p{M}\p{N}](?:\S*[\p{L}\p{M}\p{N}])?)?$|:\/\/|@|\u2068/u;
/** A value within a tag: the element of the tag isolates it, so that its text can be copied as it is. */
const IN_A_TAG = /<\w+>[^<]*\{(\w+)\}[^<]*</g;
/** The share of letters from which a text runs against the sentence; a list of foreign names does not. */
const AGAINST = 2 / 3;

/**
 * Isolates a text that runs against the direction of the sentence: without, its marks and the words
 * around it change sides. Characters do it, not elements, so that subjects and plain text have it too.
 */
function isolated(value: string, dir: Translator['dir']): string {
  if (NEEDS_NONE.test(value)) return value;
  const letters = value.match(LETTERS) ?? [];
  const against = letters.filter((letter) => RIGHT_TO_LEFT.test(letter) === (dir === 'ltr'));
  return against.length > AGAINST * letters.length ? FSI + value + PDI : value;
}

function makeTranslator(locale: Locale, isolates = true): Translator {
  const catalogue: Record<string, string> = LANGUAGES[locale].messages;
  const formats = new Map<string, IntlMessageFormat>();
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(regional(locale), { type: 'conjunction' });
  const either = new Intl.ListFormat(regional(locale), { type: 'disjunction' });
  const dates = dateFormats(locale, 'UTC');

  // A missing translation falls back to English; a test checks that the catalogues are complete.
  const message = (key: MessageKey) => catalogue[key] ?? english[key];

  function format(key: MessageKey): IntlMessageFormat {
    const known = formats.get(key);
    if (known) return known;
    const made = new IntlMessageFormat(message(key), locale);
    formats.set(key, made);
    return made;
  }

  const { dir } = LOCALES[locale];
  const placed = (value: string) => (isolates ? isolated(value, dir) : value);
  let without: Translator | undefined;
  const isolate = <V>(values: Record<string, V> | undefined, message = '') => {
    if (!values) return values;
    const own = new Set([...message.matchAll(IN_A_TAG)].map(([, name]) => name));
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' && !own.has(name) ? placed(value) : value,
      ]),
    );
  };

  const made: Translator = {
    locale,
    dir,
    t: (key, values) => String(format(key).format(isolate(withDays(values, dates.day)))),
    parts<P>(key: MessageKey, values: Record<string, unknown>) {
      const result = format(key).format<P>(isolate(values, message(key)) as never);
      return (Array.isArray(result) ? result : [result]) as P[];
    },
    number: (value) => number.format(value),
    ...dates,
    list: (items) => list.format(items.map(placed)),
    either: (items) => either.format(items.map(placed)),
    get utc() {
      return made;
    },
    get withoutIsolates() {
      if (!isolates) return made;
      without ??= makeTranslator(locale, false);
      return without;
    },
  };
  return made;
}
