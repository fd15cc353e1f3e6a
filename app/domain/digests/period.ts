import { DAY } from '~/platform/clock';
import { type DateFormat, dateFormat } from '~/platform/i18n/dates';

export type PeriodKind = 'month' | 'week' | 'quarter';

/** A calendar month, ISO 8601 week or quarter, in UTC. */
export interface Period {
  /** `2026-10`, `2026-W44` or `2026-Q4`, as in URLs and in the database. */
  readonly id: string;
  readonly kind: PeriodKind;
  /** Start of the period (inclusive), UTC ms. */
  readonly start: number;
  /** End of the period (exclusive), UTC ms. */
  readonly end: number;
}

const SHAPE = /^(?<year>\d{4})-(?:(?<month>\d{2})|W(?<week>\d{2})|Q(?<quarter>\d))$/;

/** Timestamps start in 1970, and there is no earlier data. */
const FIRST_YEAR = 1970;

const MONTHS_IN_QUARTER = 3;

/** Reads a period's id; `null` if the format is wrong or the date does not exist (`2026-13`). */
export function parsePeriod(text: string): Period | null {
  const parts = SHAPE.exec(text)?.groups;
  if (!parts) return null;

  const year = Number(parts.year);
  if (year < FIRST_YEAR) return null;

  const number = Number(parts.month ?? parts.week ?? parts.quarter);
  if (parts.month) return within(1, number, 12) ? month(year, number) : null;
  if (parts.quarter) return within(1, number, 4) ? quarter(year, number) : null;
  return within(1, number, weeksIn(year)) ? week(year, number) : null;
}

/** Returns the period of a kind that contains a time (UTC ms). */
export function periodContaining(ms: number, kind: PeriodKind): Period {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  const monthOfYear = date.getUTCMonth() + 1;

  if (kind === 'month') return month(year, monthOfYear);
  if (kind === 'quarter') return quarter(year, Math.ceil(monthOfYear / MONTHS_IN_QUARTER));

  // A week belongs to the year of its Thursday, which may differ from the year of the given time.
  const monday = mondayOf(ms);
  const weekYear = new Date(monday + 3 * DAY).getUTCFullYear();
  return week(weekYear, (monday - firstMonday(weekYear)) / (7 * DAY) + 1);
}

/** Returns the previous period of the same kind. */
export function previousPeriod(period: Period): Period {
  return periodContaining(period.start - 1, period.kind);
}

/** Returns the next period of the same kind. */
export function nextPeriod(period: Period): Period {
  return periodContaining(period.end, period.kind);
}

/** Returns the last period of a kind that has ended by the given time (UTC ms). */
export function lastCompletePeriod(now: number, kind: PeriodKind): Period {
  return previousPeriod(periodContaining(now, kind));
}

/**
 * Formats a period for readers: “October 2026”, “26 October – 1 November 2026”, “October – December
 * 2026”. The spaces around the dash are CLDR's, some of them thin spaces.
 */
export function formatPeriod(
  period: Period,
  locale: string,
  length: 'long' | 'short' = 'long',
): string {
  const format = formatter(period.kind, locale, length);
  if (period.kind === 'month') return format.format(period.start);
  return format.range(period.start, period.end - DAY);
}

/**
 * The first and last day or month of a week or quarter, for “from 5 to 11 October 2026”: what the last
 * one says again is left out of the first.
 */
export function rangeOf(period: Period, locale: string): { first: string; last: string } {
  return formatter(period.kind, locale, 'long').ends(period.start, period.end - DAY);
}

function month(year: number, number: number): Period {
  return {
    id: `${year}-${twoDigits(number)}`,
    kind: 'month',
    start: Date.UTC(year, number - 1),
    end: Date.UTC(year, number),
  };
}

function quarter(year: number, number: number): Period {
  const firstMonth = (number - 1) * MONTHS_IN_QUARTER;
  return {
    id: `${year}-Q${number}`,
    kind: 'quarter',
    start: Date.UTC(year, firstMonth),
    end: Date.UTC(year, firstMonth + MONTHS_IN_QUARTER),
  };
}

function week(year: number, number: number): Period {
  const start = firstMonday(year) + (number - 1) * 7 * DAY;
  return { id: `${year}-W${twoDigits(number)}`, kind: 'week', start, end: start + 7 * DAY };
}

/** Week 1 is the week that contains 4 January. */
function firstMonday(year: number): number {
  return mondayOf(Date.UTC(year, 0, 4));
}

function weeksIn(year: number): number {
  return (firstMonday(year + 1) - firstMonday(year)) / (7 * DAY);
}

/** Returns midnight of the Monday on or before a time. */
function mondayOf(ms: number): number {
  const date = new Date(ms);
  const daysSinceMonday = (date.getUTCDay() + 6) % 7;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - daysSinceMonday);
}

function within(low: number, number: number, high: number): boolean {
  return number >= low && number <= high;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** Returns the last day of a period: "October 31, 2026". */
export function lastDayOf({ end }: Period, locale: string): string {
  return dateFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(end - DAY);
}

const formatters = new Map<string, DateFormat>();

/** Short names of months are for the heads of columns, which a phone has no room for otherwise. */
function formatter(kind: PeriodKind, locale: string, month: 'long' | 'short'): DateFormat {
  const key = `${kind} ${locale} ${month}`;
  const known = formatters.get(key);
  if (known) return known;

  const made = dateFormat(locale, {
    ...{ year: 'numeric', month, timeZone: 'UTC' },
    ...(kind === 'week' && { day: 'numeric' }),
  });
  formatters.set(key, made);
  return made;
}
