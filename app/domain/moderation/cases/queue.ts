import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { FlagReason } from '~/domain/community/vocabularies';
import { postInRegion } from '~/domain/forum/posts/post-place';
import { postsInAnyState } from '~/domain/forum/visibility';
import { AGES, CLAIMS, QUEUE_SORTS, type QueueSort } from '~/domain/moderation/lists';
import { type Clock, HOUR } from '~/platform/clock';
import type { Community } from '~/platform/community/community';
import { readPage } from '~/platform/paging';
import { isRegion, type RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { anyRow, countOf } from '~db/dialect';
import { isAfter } from '~db/position';
import { caseCauses, cases, flags, posts, threads, users } from '~db/schema';
import { CASE_CAUSES, type CaseCause } from '~db/schema/moderation';
import { isClaimed } from './claim';
import { causesOf } from './open-case';

const CASES_PER_PAGE = 25;

export interface QueueQuery {
  cause: CaseCause | null;
  reason: FlagReason | null;
  region: RegionCode | null;
  /** BCP 47 tag as stored with posts. */
  language: string | null;
  /** Hours. */
  age: (typeof AGES)[number] | null;
  claimed: (typeof CLAIMS)[number] | null;
  sort: QueueSort;
  page: number;
}

/** Reads the query of `/mod`; unknown values are ignored. */
export function readQueueQuery(
  query: URLSearchParams,
  { flagReasons }: Pick<Community, 'flagReasons'>,
): QueueQuery {
  const among = <T>(name: string, list: readonly T[]) =>
    list.find((one) => String(one) === query.get(name)) ?? null;
  const region = query.get('region') ?? '';
  return {
    cause: among('cause', CASE_CAUSES),
    reason: among('reason', flagReasons),
    region: isRegion(region) ? region : null,
    language: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.exec(query.get('language') ?? '')?.[0] ?? null,
    age: among('age', AGES),
    claimed: among('claimed', CLAIMS),
    sort: among('sort', QUEUE_SORTS) ?? 'oldest',
    page: readPage(query.get('page')),
  };
}

export type Queue = Awaited<ReturnType<typeof readQueue>>;

/**
 * Returns one page of the open cases that match, and their number by kind. Those with a legal report
 * come first.
 */
export async function readQueue(db: Db, clock: Clock, query: QueueQuery, viewerId: string) {
  const where = wanted(clock, query, viewerId);
  const [counted] = await db
    .select({ found: count() })
    .from(cases)
    .leftJoin(postsInAnyState, postOf)
    .where(where);
  const rows = await db
    .select({
      id: cases.id,
      openedAt: cases.openedAt,
      claimedById: cases.claimedById,
      claimedUntil: cases.claimedUntil,
      isThread: sql`${cases.threadId} is not null`.mapWith(Boolean),
      excerpt: posts.excerpt,
      language: posts.language,
      country: posts.country,
      region: posts.region,
      author: users.handle,
      thread: { id: threads.id, title: threads.title, language: threads.language },
    })
    .from(cases)
    .leftJoin(postsInAnyState, postOf)
    .leftJoin(threads, threadOf)
    .leftJoin(users, personOf)
    .where(where)
    .orderBy(...order(db, query.sort))
    .limit(CASES_PER_PAGE)
    .offset((query.page - 1) * CASES_PER_PAGE);
  const ids = rows.map((row) => row.id);
  const reasons = await flagReasons(db, ids);
  const causes = await causesOf(db, ids);
  const holders = await handlesOf(
    db,
    rows.flatMap(({ claimedById }) => claimedById ?? []),
  );
  const found = counted?.found ?? 0;
  const now = clock.now();
  return {
    query,
    /** Number of open cases in total and by cause. */
    ...(await countOpen(db)),
    found,
    page: query.page,
    pages: Math.max(1, Math.ceil(found / CASES_PER_PAGE)),
    cases: rows.map(({ claimedById, claimedUntil, ...row }) => ({
      ...row,
      causes: causes.get(row.id) ?? [],
      reasons: reasons.get(row.id) ?? [],
      claimedBy:
        claimedById && (claimedUntil ?? 0) > now ? (holders.get(claimedById) ?? null) : null,
    })),
  };
}

/** The post of a case, the opening post of its thread, the thread, and the person. */
const postOf = or(
  eq(posts.id, cases.postId),
  and(eq(posts.threadId, cases.threadId), eq(posts.isOpening, true)),
);
const threadOf = or(eq(threads.id, cases.threadId), eq(threads.id, posts.threadId));
const personOf = or(
  eq(users.id, cases.personId),
  eq(users.id, posts.authorId),
  and(isNull(posts.id), eq(users.id, threads.authorId)),
);

function wanted(clock: Clock, query: QueueQuery, viewerId: string): SQL | undefined {
  const { cause, reason, region, language, age, claimed } = query;
  return and(
    isNull(cases.closedAt),
    cause ? hasCause(cause) : undefined,
    reason ? hasReason(reason) : undefined,
    region ? postInRegion(region) : undefined,
    language ? eq(posts.language, language) : undefined,
    age ? lte(cases.openedAt, clock.now() - age * HOUR) : undefined,
    claimed === 'mine' ? and(isClaimed(clock), eq(cases.claimedById, viewerId)) : undefined,
    claimed === 'others' ? and(isClaimed(clock), ne(cases.claimedById, viewerId)) : undefined,
    claimed === 'free'
      ? or(isNull(cases.claimedUntil), lte(cases.claimedUntil, clock.now()))
      : undefined,
  );
}

function hasCause(cause: CaseCause): SQL {
  return anyRow(caseCauses, eq(caseCauses.caseId, cases.id), eq(caseCauses.cause, cause));
}

function hasReason(reason: FlagReason): SQL {
  return anyRow(flags, eq(flags.caseId, cases.id), eq(flags.reason, reason));
}

/** 0 for cases with a legal report, 1 for the others. */
const rank = sql`case when ${hasCause('notice')} then 0 else 1 end`.mapWith(Number);

/** The id comes last, so that no case is on two pages or on none. */
function order(db: Db, sort: QueueSort): SQL[] {
  if (sort === 'newest') return [asc(rank), desc(cases.openedAt), desc(cases.id)];
  const oldest = [asc(cases.openedAt), asc(cases.id)];
  if (sort === 'oldest') return [asc(rank), ...oldest];
  const flagged = db.select({ n: count() }).from(flags).where(eq(flags.caseId, cases.id));
  return [asc(rank), desc(sql`(${flagged})`), ...oldest];
}

export function countOpenCases(db: Db): Promise<number> {
  return countOf(db, cases, isNull(cases.closedAt));
}

async function countOpen(db: Db): Promise<{ open: number; byCause: Record<CaseCause, number> }> {
  const open = await countOpenCases(db);
  const rows = await db
    .select({ cause: caseCauses.cause, n: sql`count(distinct ${cases.id})`.mapWith(Number) })
    .from(caseCauses)
    .innerJoin(cases, eq(cases.id, caseCauses.caseId))
    .where(isNull(cases.closedAt))
    .groupBy(caseCauses.cause);
  const byCause = Object.fromEntries(CASE_CAUSES.map((cause) => [cause, 0]));
  for (const { cause, n } of rows) byCause[cause] = n;
  return { open, byCause: byCause as Record<CaseCause, number> };
}

async function handlesOf(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, handle: users.handle })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(rows.map(({ id, handle }) => [id, handle]));
}

/** Returns the languages of open cases, BCP 47. */
export async function queueLanguages(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ language: posts.language })
    .from(cases)
    .innerJoin(postsInAnyState, eq(posts.id, cases.postId))
    .where(isNull(cases.closedAt))
    .orderBy(asc(posts.language));
  return rows.map(({ language }) => language);
}

/** Returns the next unclaimed open case after a given one, as the queue is sorted by default. */
export async function nextCase(db: Db, clock: Clock, after: string): Promise<string | null> {
  const free = and(
    isNull(cases.closedAt),
    ne(cases.id, after),
    or(isNull(cases.claimedUntil), lte(cases.claimedUntil, clock.now())),
  );
  const [here] = await db
    .select({ rank, openedAt: cases.openedAt })
    .from(cases)
    .where(eq(cases.id, after));
  const first = async (where: SQL | undefined) => {
    const [row] = await db
      .select({ id: cases.id })
      .from(cases)
      .where(where)
      .orderBy(...order(db, 'oldest'))
      .limit(1);
    return row?.id ?? null;
  };
  const at = here ?? { rank: 0, openedAt: 0 };
  const later = or(
    gt(rank, at.rank),
    and(
      eq(rank, at.rank),
      isAfter({ createdAt: at.openedAt, id: after }, { createdAt: cases.openedAt, id: cases.id }),
    ),
  );
  return (await first(and(free, later))) ?? (await first(free));
}

/** Returns the reasons of flags by case with their number; most frequent first. */
async function flagReasons(db: Db, caseIds: string[]) {
  const byCase = new Map<string, { reason: string; count: number }[]>();
  if (caseIds.length === 0) return byCase;
  const rows = await db
    .select({ caseId: flags.caseId, reason: flags.reason, count: count() })
    .from(flags)
    .where(inArray(flags.caseId, caseIds))
    .groupBy(flags.caseId, flags.reason);
  for (const { caseId, ...reason } of rows) {
    byCase.set(caseId, [...(byCase.get(caseId) ?? []), reason]);
  }
  for (const list of byCase.values()) list.sort((a, b) => b.count - a.count);
  return byCase;
}
