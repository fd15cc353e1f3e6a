import { filterReader } from '~/domain/community/filters';
import type { BarrierKind, IndustrySection, Pillar } from '~/domain/community/vocabularies';
import { DAY } from '~/platform/clock';
import type { Community } from '~/platform/community/community';
import { WORLD } from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';

/** Start inclusive, end exclusive, in UTC milliseconds. */
export interface DateRange {
  start: number;
  end: number;
}

/** A filter for barriers. */
export interface BarrierFilter {
  /** A country, a region or the world. */
  scope: Scope;
  industry: IndustrySection | null;
  pillar: Pillar | null;
  kind: BarrierKind | null;
  span: DateRange;
}

export interface BarrierQuery {
  filter: BarrierFilter;
  /** Parameters that could not be read; they are ignored. */
  unknown: string[];
  /** The valid parameters in a fixed order and spelling, for URLs. */
  canonical: URLSearchParams;
}

export const FILTER_NAMES = [
  'region',
  'country',
  'industry',
  'pillar',
  'kind',
  'from',
  'to',
] as const;

/** The period in days if none is given. */
export const USUAL_DAYS = 90;

/** There are no earlier contributions, so periods start here at the earliest. */
const EARLIEST = Date.UTC(2020, 0, 1);

/**
 * Reads the query of `/barriers` and of its data. `from` and `to` are days (`2026-10-31`) or months
 * (`2026-10`) in UTC, both inclusive. The default is the last 90 days including today.
 */
export function readBarrierQuery(
  query: URLSearchParams,
  community: Community,
  now: number,
): BarrierQuery {
  const asked = filterReader(query, community);
  const { unknown } = asked;
  const days = (text: string) => (parseDays(text) ? text : null);
  const given = {
    region: asked.region(),
    country: asked.country(),
    industry: asked.industry(),
    pillar: asked.pillar(),
    kind: asked.kind(),
    from: asked.read('from', days),
    to: asked.read('to', days),
  } satisfies Record<(typeof FILTER_NAMES)[number], string | null>;
  const { region, country, from, to, ...filter } = given;
  const scope = country ?? (region === WORLD ? null : region) ?? ('world' as const);
  const span = readSpan(from, to, now);
  if (span.start >= span.end) unknown.push('to');
  return {
    filter: { scope, ...filter, span: span.start < span.end ? span : readSpan(null, null, now) },
    unknown,
    canonical: new URLSearchParams(
      Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    ),
  };
}

/** Returns the period to the end of today: pages that show it are stored for the day. */
export function throughToday(now: number): DateRange {
  return { start: 0, end: startOfDay(now) + DAY };
}

function startOfDay(now: number): number {
  return Math.floor(now / DAY) * DAY;
}

/**
 * Returns the period of the same length directly before: of whole calendar months as many months, as
 * in digests, otherwise as many days.
 */
export function rangeBefore({ start, end }: DateRange): DateRange {
  const [first, last] = [monthAt(start), monthAt(end)];
  const whole = startOfMonth(first) === start && startOfMonth(last) === end;
  return { start: whole ? startOfMonth(2 * first - last) : 2 * start - end, end: start };
}

/** Months are counted from January of the year 0. */
function monthAt(ms: number): number {
  const date = new Date(ms);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

function startOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12);
}

function readSpan(from: string | null, to: string | null, now: number): DateRange {
  const end = (to && parseDays(to)?.end) || startOfDay(now) + DAY;
  const start = (from && parseDays(from)?.start) || end - USUAL_DAYS * DAY;
  return { start: Math.max(start, EARLIEST), end };
}

/** Returns the time range of a day or a month. */
function parseDays(text: string): DateRange | null {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  if (!match) return null;
  const [year, month] = [Number(match[1]), Number(match[2])];
  const day = match[3] && Number(match[3]);
  const start = Date.UTC(year, month - 1, day || 1);
  // Rejects dates that do not exist: 31 February would become another day.
  if (!new Date(start).toISOString().startsWith(text)) return null;
  return { start, end: day ? start + DAY : Date.UTC(year, month, 1) };
}
