import { setImmediate as breathe } from 'node:timers/promises';
import { and, asc, eq, exists, gte, lt, notExists, type SQL } from 'drizzle-orm';
import { type Namers, namersOf } from '~/domain/barriers/namers';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { placedIn } from '~/domain/forum/posts/post-place';
import { inConversation } from '~/domain/forum/threads/threads';
import { publicPost } from '~/domain/forum/visibility';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { anyRow, inList } from '~db/dialect';
import { isAfter, type Position } from '~db/position';
import { postBarriers, postPillars, posts, threads } from '~db/schema';
import { SAID_BY, type SaidBy } from '~db/schema/conversation';
import { prepared } from '~db/statement-cache';
import type { Heard } from './coverage';
import { conversationOf, type DigestKey, pillarOf, scopeOf } from './digest-key';
import type { Period } from './period';
import { countryTold } from './told-by-region';

/** The counted data of a contribution that reports a barrier. */
export interface Contribution {
  id: string;
  authorId: string;
  country: string | null;
  region: string | null;
  /** UTC milliseconds. */
  createdAt: number;
  kinds: BarrierKind[];
}

/** Start inclusive, end exclusive, in UTC milliseconds. */
export type DateRange = Pick<Period, 'start' | 'end'>;

/** Posts read at a time: little of each is kept, and there may be very many. */
const BATCH = 1000;

/**
 * Reads the contributions that a digest counts, oldest first. These are public posts (not opening
 * posts) of the period whose country, or region if no country is given, is in the scope, and that
 * report at least one kind of barrier; for a digest of one pillar, only those with that pillar.
 * @param byRegion the authors whose country is not told, see `told-by-region.ts`.
 */
export async function readContributions(
  db: Db,
  topic: DigestKey,
  span: DateRange,
  byRegion: readonly string[] = [],
): Promise<Contribution[]> {
  const found: Contribution[] = [];
  const raising = exists(kindsOfPost(db));
  for await (const answers of answersWithKinds(db, topic, span, byRegion, raising)) {
    for (const answer of answers) if (answer.kinds.length > 0) found.push(contributionOf(answer));
  }
  return found;
}

/** What was written on a topic in a period, oldest first. */
export interface Answers {
  contributions: Contribution[];
  remarks: Remark[];
  /** From where and in which languages people answered; each once. */
  heard: Heard[];
  /** Who named the kinds of the contributions. */
  namedBy: Namers;
}

/** Reads all answers of a period at once: what `readContributions` and `readRemarks` find, and who was heard. */
export async function readAnswers(
  db: Db,
  topic: DigestKey,
  span: DateRange,
  byRegion: readonly string[] = [],
): Promise<Answers> {
  const contributions: Contribution[] = [];
  const remarks: Remark[] = [];
  const heard = new Map<string, Heard>();
  const reports = new Map<SaidBy, number>();
  for await (const answers of answersWithKinds(db, topic, span, byRegion)) {
    for (const { saidBy, ...answer } of answers) {
      const { country, region, language, questionNumber } = answer;
      heard.set(`${country} ${region} ${language}`, { country, region, language });
      const contribution = contributionOf(answer);
      if (contribution.kinds.length > 0) contributions.push(contribution);
      else remarks.push({ ...contribution, questionNumber });
      for (const by of new Set(saidBy)) reports.set(by, (reports.get(by) ?? 0) + 1);
    }
  }
  const namers = SAID_BY.map((saidBy) => ({ saidBy, reports: reports.get(saidBy) ?? 0 }));
  return { contributions, remarks, heard: [...heard.values()], namedBy: namersOf(namers) };
}

type Answer = Awaited<ReturnType<typeof answersAfter>>[number];

function contributionOf({
  id,
  authorId,
  country,
  region,
  createdAt,
  kinds,
}: Answer & Pick<Contribution, 'kinds'>): Contribution {
  return { id, authorId, country, region, createdAt, kinds };
}

/** Yields the answers that meet a condition with their kinds and who named them, a batch at a time. */
async function* answersWithKinds(
  db: Db,
  topic: DigestKey,
  span: DateRange,
  byRegion: readonly string[],
  which?: SQL,
) {
  const once = onceEach();
  for await (const rows of answersInBatches(db, topic, span, which, byRegion)) {
    const named = await kindsByPost(db, idsOf(rows));
    yield rows.map((row) => {
      const found = named.get(row.id) ?? [];
      const kinds = found.map(({ kind }) => once(kind));
      const authorId = once(row.authorId);
      const [country, region] = [once(row.country), once(row.region)];
      return { ...row, authorId, country, region, kinds, saidBy: found.map((one) => one.saidBy) };
    });
  }
}

/** Yields the answers that meet a condition, oldest first; other requests are answered between two batches. */
async function* answersInBatches(
  db: Db,
  topic: DigestKey,
  span: DateRange,
  which: SQL | undefined,
  byRegion: readonly string[],
) {
  for (let last: Position | undefined; ; ) {
    const rows = await answersAfter(db, last, topic, span, which, byRegion);
    yield rows;
    last = rows.at(-1);
    if (rows.length < BATCH) return;
    await breathe();
  }
}

function answersAfter(
  db: Db,
  last: Position | undefined,
  topic: DigestKey,
  span: DateRange,
  which: SQL | undefined,
  byRegion: readonly string[],
) {
  const left = { ...span, start: last?.createdAt ?? span.start };
  return (
    db
      .select({
        id: posts.id,
        authorId: posts.authorId,
        country: countryTold(byRegion),
        region: posts.region,
        language: posts.language,
        createdAt: posts.createdAt,
        questionNumber: threads.questionNumber,
      })
      .from(posts)
      // SQLite reads a cross join in this order: the posts by their time, and no more than a batch.
      .crossJoin(threads)
      .where(
        and(eq(threads.id, posts.threadId), answering(topic, left), which, isAfter(last, posts)),
      )
      .orderBy(asc(posts.createdAt), asc(posts.id))
      .limit(BATCH)
  );
}

/** The kinds of posts, by post and name. */
const namedKinds = prepared((db) =>
  db
    .select({
      postId: postBarriers.postId,
      kind: postBarriers.kind,
      saidBy: postBarriers.saidBy,
    })
    .from(postBarriers)
    .where(inList(postBarriers.postId, 'ids'))
    .orderBy(asc(postBarriers.postId), asc(postBarriers.kind)),
);

async function kindsByPost(db: Db, ids: readonly string[]) {
  return Map.groupBy(await namedKinds(db, { ids }), ({ postId }) => postId);
}

/** Returns one string for equal strings, to save memory: drivers create one for each row. */
function onceEach() {
  const known = new Map<unknown, unknown>();
  return <Text extends string | null>(text: Text): Text => {
    if (!known.has(text)) known.set(text, text);
    return known.get(text) as Text;
  };
}

/** Returns the kinds of barrier of each post, sorted by name. */
export async function readKinds(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, BarrierKind[]>> {
  const named = await kindsByPost(db, ids);
  return new Map([...named].map(([id, rows]) => [id, rows.map(({ kind }) => kind)]));
}

/** The kinds of barrier of the post in the query around it. */
export function kindsOfPost(db: Db) {
  return db
    .select({ kind: postBarriers.kind })
    .from(postBarriers)
    .where(eq(postBarriers.postId, posts.id));
}

/** A reply without a kind of barrier. */
export interface Remark extends Contribution {
  /** The number of the blog post's question that it answers; null in other threads. */
  questionNumber: number | null;
}

/** Returns the other posts of a scope and period, oldest first: those without a kind of barrier. */
export async function readRemarks(
  db: Db,
  topic: DigestKey,
  span: DateRange,
  byRegion: readonly string[] = [],
): Promise<Remark[]> {
  const found: Remark[] = [];
  const withoutKind = notExists(kindsOfPost(db));
  for await (const rows of answersInBatches(db, topic, span, withoutKind, byRegion)) {
    for (const { questionNumber, ...row } of rows) {
      found.push({ ...contributionOf({ ...row, questionNumber, kinds: [] }), questionNumber });
    }
  }
  return found;
}

/** Condition for public posts on a topic in a period. To be joined with threads. */
export function answering(topic: DigestKey, { start, end }: DateRange): SQL | undefined {
  return and(
    publicPost(),
    mayReportBarrier(),
    gte(posts.createdAt, start),
    lt(posts.createdAt, end),
    placedIn(scopeOf(topic)),
    narrowing(topic),
  );
}

/**
 * Condition for posts on the pillar or in the conversation of a topic, in queries joined with threads;
 * undefined if the topic has neither.
 */
export function narrowing(topic: DigestKey): SQL | undefined {
  const [pillar, conversation] = [pillarOf(topic), conversationOf(topic)];
  if (conversation) return inConversation(conversation);
  return pillar
    ? anyRow(postPillars, eq(postPillars.postId, posts.id), eq(postPillars.pillar, pillar))
    : undefined;
}
