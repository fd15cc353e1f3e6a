import {
  isLiteralElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
} from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { dateFormat } from './dates';
import {
  DEFAULT_LOCALE,
  type Direction,
  formatsOf,
  isLocale,
  LOCALES,
  type Locale,
  scriptOf,
} from './locales';
import { allElements } from './message-shape';
import { messages as english } from './messages/en';
import { messagesOf } from './read-messages';
import { readTimeZone } from './time-zones';

export type MessageKey = keyof typeof english;
/**
 * A `Date` is shown as `Translator.day` shows it: whoever reads may be in any time zone; a number as
 * `Translator.number` does, so that a year is passed as a string.
 */
export type Values = Record<string, string | number | Date>;

export interface Translator {
  locale: Locale;
  dir: Direction;
  /** Returns the message under `key` with its ICU placeholders filled in. */
  t(key: MessageKey, values?: Values): string;
  /**
   * Like `t`, for messages with tags such as `<link>…</link>`. Returns the parts of the sentence in
   * order; each tag is a function in `values` that wraps the content of the tag.
   */
  parts<P>(key: MessageKey, values: Record<string, string | number | P | ((inner: P[]) => P)>): P[];
  /** What stands between two sentences, and after a colon: in Chinese nothing, since its marks are as wide as a letter. */
  gap: string;
  /** Formats a whole number with the digits and grouping of the language. */
  number(value: number): string;
  /** Formats a date such as "3 August 2026", in the reader's time zone or in UTC if none is set. */
  day(ms: number): string;
  /** Formats a date and time to the minute, in the same time zone. */
  minute(ms: number): string;
  /** The same with times in UTC, for periods and citations, which are the same for everybody. */
  utc: Translator;
  /**
   * The same without the characters that isolate values: for data, in which programs look for a title
   * as its author wrote it.
   */
  withoutIsolates(): Translator;
  /** Joins items as the language does: "a, b and c". */
  list(items: string[]): string;
  /** The same for a choice: "a, b or c". */
  either(items: string[]): string;
}

/** @param timeZone an IANA name; UTC is used if it is null or unknown */
export function translator(locale: Locale, timeZone: string | null = null): Translator {
  return keptTranslator(locale, timeZone, true);
}

/** Returns the translator for a stored language (BCP 47), or else the default one. */
export function translatorFor(
  language: string | null | undefined,
  timeZone: string | null = null,
): Translator {
  return translator(isLocale(language) ? language : DEFAULT_LOCALE, timeZone);
}

const translators = new Map<string, Translator>();

function keptTranslator(locale: Locale, timeZone: string | null, isolates: boolean): Translator {
  const name = `${locale} ${timeZone} ${isolates}`;
  const known = translators.get(name);
  if (known) return known;
  const made = makeTranslator(locale, timeZone, isolates);
  translators.set(name, made);
  return made;
}

function dateFormats(locale: Locale, timeZone: string): Pick<Translator, 'day' | 'minute'> {
  const { format: day } = dateFormat(locale, { dateStyle: 'long', timeZone });
  const { format: minute } = dateFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  });
  return { day, minute };
}

/** First strong isolate, pop directional isolate (UAX 9). */
const [FSI, PDI] = ['\u2068', '\u2069'];
const LETTERS = /\p{L}/gu;
const RIGHT_TO_LEFT =
  /(?=\p{L})[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/gu;
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
  const count = (letters: RegExp) => value.match(letters)?.length ?? 0;
  const [all, toLeft] = [count(LETTERS), count(RIGHT_TO_LEFT)];
  const against = dir === 'ltr' ? toLeft : all - toLeft;
  return against > AGAINST * all ? FSI + value + PDI : value;
}

interface Message {
  format: IntlMessageFormat;
  /** The names of its values that stand within a tag. */
  tagged: ReadonlySet<string | undefined>;
  /** The names of values that it counts, formats as numbers or chooses by. */
  counted: ReadonlySet<string>;
  /** What it says, if it has neither values nor tags. */
  constant: string | null;
}

/** Those of all translators, by language: it takes long to parse one. */
const messages = new Map<Locale, Map<MessageKey, Message>>();

function messageOf(locale: Locale, key: MessageKey): Message {
  const ofLocale = messages.get(locale) ?? new Map<MessageKey, Message>();
  messages.set(locale, ofLocale);
  const known = ofLocale.get(key);
  if (known) return known;
  // A missing translation falls back to English; a test checks that the catalogues are complete.
  const text = messagesOf(locale)[key] ?? english[key];
  const tagged = new Set([...text.matchAll(IN_A_TAG)].map(([, value]) => value));
  const format = new IntlMessageFormat(text, locale);
  const isConstant = format.getAst().every(isLiteralElement);
  const counted = new Set(
    allElements(format.getAst()).flatMap((element) =>
      isPluralElement(element) || isNumberElement(element) || isSelectElement(element)
        ? [element.value]
        : [],
    ),
  );
  const made = { format, tagged, counted, constant: isConstant ? String(format.format()) : null };
  ofLocale.set(key, made);
  return made;
}

function makeTranslator(locale: Locale, timeZone: string | null, isolates: boolean): Translator {
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(formatsOf(locale), { type: 'conjunction' });
  const either = new Intl.ListFormat(formatsOf(locale), { type: 'disjunction' });
  const dates = dateFormats(locale, readTimeZone(timeZone ?? '') ?? 'UTC');

  const { dir } = LOCALES[locale];
  const placed = (value: string) => (isolates ? isolated(value, dir) : value);

  function format<P>(key: MessageKey, values: Record<string, unknown> = {}) {
    const { format, tagged, counted } = messageOf(locale, key);
    const said = Object.entries(values).map(([name, value]) => {
      if (value instanceof Date) return [name, dates.day(value.getTime())];
      if (typeof value === 'number' && !counted.has(name)) return [name, number.format(value)];
      return [name, typeof value === 'string' && !tagged.has(name) ? placed(value) : value];
    });
    return format.format<P>(Object.fromEntries(said));
  }

  return {
    locale,
    dir,
    t: (key, values) => messageOf(locale, key).constant ?? String(format(key, values)),
    parts<P>(key: MessageKey, values: Record<string, unknown>) {
      const result = format<P>(key, values);
      return (Array.isArray(result) ? result : [result]) as P[];
    },
    gap: scriptOf(locale).includes('Hani') ? '' : ' ',
    number: (value) => number.format(value),
    ...dates,
    list: (items) => list.format(items.map(placed)),
    either: (items) => either.format(items.map(placed)),
    get utc() {
      return keptTranslator(locale, null, isolates);
    },
    withoutIsolates: () => keptTranslator(locale, timeZone, false),
  };
}
