import { filterReader } from '~/domain/community/filters';
import type { BarrierKind, IndustrySection, Pillar } from '~/domain/community/vocabularies';
import {
  type ConversationLink,
  publicConversations,
} from '~/domain/forum/conversations/conversations';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { WORLD } from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';

/** Start inclusive, end exclusive, in UTC milliseconds. */
export interface DateRange {
  start: number;
  end: number;
}

/** A filter for barriers; all contributions of the place and period match what it does not narrow. */
export interface BarrierFilter {
  /** A country, a region or the world. */
  scope: Scope;
  span: DateRange;
  /** The slug of a conversation: reports in its threads. */
  conversation?: string | null;
  industry?: IndustrySection | null;
  pillar?: Pillar | null;
  kind?: BarrierKind | null;
}

export interface BarrierQuery {
  filter: BarrierFilter;
  /** Parameters that could not be read; they are ignored. */
  unknown: string[];
  /** The valid parameters in a fixed order and spelling, for URLs. */
  canonical: URLSearchParams;
  /** The conversations that can be chosen, newest first. */
  conversations: ConversationLink[];
  /** UTC milliseconds: when it was read. */
  now: number;
}

export const FILTER_NAMES = [
  ...(['conversation', 'region', 'country', 'industry', 'pillar', 'kind'] as const),
  ...(['from', 'to'] as const),
] as const;

/** The period in days if none is given. */
export const USUAL_DAYS = 90;

/** There are no earlier contributions, so periods start here at the earliest. */
const EARLIEST = Date.UTC(2020, 0, 1);

/**
 * Reads the query of `/barriers` and of its data. `from` and `to` are days (`2026-10-31`) or months
 * (`2026-10`) in UTC, both inclusive. The default is the last 90 days including today.
 */
export async function readBarrierQuery(
  query: URLSearchParams,
  { db, community, clock }: Pick<AppContext, 'db' | 'community' | 'clock'>,
): Promise<BarrierQuery> {
  const now = clock.now();
  const conversations = await db.kept('public conversations', publicConversations);
  const asked = filterReader(query, community);
  const { unknown } = asked;
  const days = (text: string) => (parseDays(text) ? text : null);
  const given = {
    conversation: asked.conversation(conversations),
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
    ...{ unknown, conversations, now },
    canonical: new URLSearchParams(
      Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    ),
  };
}

/** Returns the period to the end of today: pages that show it are stored for the day. */
export function throughToday(now: number): DateRange {
  return { start: 0, end: startOfDay(now) + DAY };
}

export function startOfDay(now: number): number {
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

/** The month (UTC) of a moment, counted from January of the year 0. */
export function monthAt(ms: number): number {
  const date = new Date(ms);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

/** Returns a month as `2026-10`. */
export function monthName(month: number): string {
  return new Date(startOfMonth(month)).toISOString().slice(0, 7);
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
