import {
  and,
  count,
  countDistinct,
  eq,
  gte,
  isNotNull,
  lt,
  lte,
  not,
  type SQL,
  sql,
} from 'drizzle-orm';
import { type Period, periodContaining, previousPeriod } from '~/domain/digests/period';
import { asksForArticle } from '~/domain/forum/threads/thread-figures';
import { publicPost } from '~/domain/forum/visibility';
import { type Clock, DAY, HOUR } from '~/platform/clock';
import type { Db } from '~db/client';
import { anyRow, type Column } from '~db/dialect';
import { cases, deliveries, flags, mailRefusals, posts, subscriptions, threads } from '~db/schema';

/* What happened on the site, week by week. Nothing is counted but what people did on purpose. */

/** What is counted, in the order of the table. */
export const MEASURES = [
  'posts',
  'people',
  'countries',
  'languages',
  'subscribers',
  'digests',
  'bounced',
  'flags',
  'decided',
  'hours',
] as const;

export type Measure = (typeof MEASURES)[number];

export interface Week {
  period: Period;
  /** `subscribers` at its end; `hours`: median from a case to its decision, null without any. */
  counts: Record<Measure, number | null>;
}

const WEEKS = 26;
const WEEK = 7 * DAY;

/** Returns the last 26 weeks (ISO 8601, UTC), newest first; the first one has not ended. */
export async function readNumbers(db: Db, clock: Clock): Promise<Week[]> {
  const periods = [periodContaining(clock.now(), 'week')];
  while (periods.length < WEEKS) periods.push(previousPeriod(periods.at(-1) as Period));
  const from = periods.at(-1)?.start ?? 0;
  const weeks = periods.map((period): Week => {
    const none = MEASURES.map((measure) => [measure, measure === 'hours' ? null : 0]);
    return { period, counts: Object.fromEntries(none) };
  });
  const put = (rows: ({ week: number } & Partial<Week['counts']>)[]) => {
    for (const { week, ...counts } of rows) {
      Object.assign(weeks[WEEKS - 1 - week]?.counts ?? {}, counts);
    }
  };
  const weekOf = (at: Column) => weekSince(from, at);

  const written = weekOf(posts.createdAt);
  put(
    await db
      .select({
        week: written,
        posts: count(),
        people: countDistinct(posts.authorId),
        countries: countDistinct(posts.country),
        languages: countDistinct(posts.language),
      })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(publicPost(), gte(posts.createdAt, from), not(asksForArticle)))
      .groupBy(written),
  );
  const sent = weekOf(deliveries.createdAt);
  put(
    await db
      .select({ week: sent, digests: countDistinct(deliveries.mailId) })
      .from(deliveries)
      .where(gte(deliveries.createdAt, from))
      .groupBy(sent),
  );
  const refused = weekOf(mailRefusals.createdAt);
  put(
    await db
      .select({ week: refused, bounced: countDistinct(mailRefusals.mailId) })
      .from(mailRefusals)
      .where(
        and(
          gte(mailRefusals.createdAt, from),
          anyRow(deliveries, eq(deliveries.mailId, mailRefusals.mailId)),
        ),
      )
      .groupBy(refused),
  );
  const flagged = weekOf(flags.createdAt);
  put(
    await db
      .select({ week: flagged, flags: count() })
      .from(flags)
      .where(gte(flags.createdAt, from))
      .groupBy(flagged),
  );
  const closed = weekOf(cases.closedAt);
  put(
    await db
      .select({ week: closed, decided: count() })
      .from(flags)
      .innerJoin(cases, eq(cases.id, flags.caseId))
      .where(and(gte(cases.closedAt, from), lte(flags.createdAt, cases.closedAt)))
      .groupBy(closed),
  );
  const waits = await db
    .select({ week: closed, ms: sql`${cases.closedAt} - ${cases.openedAt}`.mapWith(Number) })
    .from(cases)
    .where(gte(cases.closedAt, from));
  for (const [week, rows] of Map.groupBy(waits, (row) => row.week)) {
    put([{ week, hours: median(rows.map(({ ms }) => ms)) / HOUR }]);
  }
  const [subscribed] = await db
    .select(Object.fromEntries(periods.map(({ id, end }) => [id, activeAt(end)])))
    .from(subscriptions)
    .where(isNotNull(subscriptions.confirmedAt));
  for (const { period, counts } of weeks) counts.subscribers = Number(subscribed?.[period.id] ?? 0);
  return weeks;
}

/** The number of whole weeks from `from` to a time. Written into the query: integers are divided. */
function weekSince(from: number, at: Column): SQL<number> {
  return sql`(${at} - ${sql.raw(String(from))}) / ${sql.raw(String(WEEK))}`.mapWith(Number);
}

/** Sums up the subscriptions that were active at a time (UTC milliseconds). */
function activeAt(at: number): SQL<number> {
  const active = and(
    lt(subscriptions.confirmedAt, at),
    sql`coalesce(${subscriptions.leftAt}, ${at}) >= ${at}`,
  );
  return sql`sum(case when ${active} then 1 else 0 end)`.mapWith(Number);
}

/** Returns the middle value; of an even number, the mean of the two in the middle. */
function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
