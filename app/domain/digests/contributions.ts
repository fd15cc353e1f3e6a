import { setImmediate as breathe } from 'node:timers/promises';
import { and, asc, eq, exists, gte, inArray, lt, notExists, type SQL } from 'drizzle-orm';
import { type Namers, namerColumns, namersOf } from '~/domain/barriers/namers';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { placedIn } from '~/domain/forum/posts/post-place';
import { inConversation } from '~/domain/forum/threads/threads';
import { publicPost } from '~/domain/forum/visibility';
import { batchesOf } from '~/platform/batches';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { anyRow } from '~db/dialect';
import { isAfter, type Position } from '~db/position';
import { postBarriers, postPillars, posts, threads } from '~db/schema';
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
  const once = onceEach();
  const raising = exists(kindsOfPost(db));
  for await (const rows of answersInBatches(db, topic, span, raising, byRegion)) {
    const kinds = await readKinds(db, idsOf(rows));
    for (const { id, authorId, country, region, createdAt } of rows) {
      const raised = kinds.get(id);
      const places = { country: once(country), region: once(region) };
      if (raised) found.push({ id, authorId: once(authorId), ...places, createdAt, kinds: raised });
    }
  }
  return found;
}

/** Yields the answers that meet a condition, oldest first; other requests are answered between two batches. */
async function* answersInBatches(
  db: Db,
  topic: DigestKey,
  span: DateRange,
  which: SQL,
  byRegion: readonly string[],
) {
  for (let last: Position | undefined; ; ) {
    const left = { ...span, start: last?.createdAt ?? span.start };
    const rows = await db
      .select({ ...counted(byRegion), questionNumber: threads.questionNumber })
      .from(posts)
      // SQLite reads a cross join in this order: the posts by their time, and no more than a batch.
      .crossJoin(threads)
      .where(
        and(eq(threads.id, posts.threadId), answering(topic, left), which, isAfter(last, posts)),
      )
      .orderBy(asc(posts.createdAt), asc(posts.id))
      .limit(BATCH);
    yield rows;
    last = rows.at(-1);
    if (rows.length < BATCH) return;
    await breathe();
  }
}

const counted = (byRegion: readonly string[]) => ({
  id: posts.id,
  authorId: posts.authorId,
  country: countryTold(byRegion),
  region: posts.region,
  createdAt: posts.createdAt,
});

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
  const kinds = new Map<string, BarrierKind[]>();
  const once = onceEach();
  for (const batch of batchesOf(ids)) {
    const rows = await db
      .select({ postId: postBarriers.postId, kind: postBarriers.kind })
      .from(postBarriers)
      .where(inArray(postBarriers.postId, batch))
      .orderBy(asc(postBarriers.postId), asc(postBarriers.kind));
    for (const { postId, kind } of rows) {
      kinds.set(postId, [...(kinds.get(postId) ?? []), once(kind)]);
    }
  }
  return kinds;
}

/** The kinds of barrier of the post in the query around it. */
export function kindsOfPost(db: Db) {
  return db
    .select({ kind: postBarriers.kind })
    .from(postBarriers)
    .where(eq(postBarriers.postId, posts.id));
}

/** Counts who named the kinds of the contributions that a digest counts. */
export async function readNamers(db: Db, topic: DigestKey, span: DateRange): Promise<Namers> {
  const rows = await db
    .select(namerColumns)
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(answering(topic, span))
    .groupBy(postBarriers.saidBy);
  return namersOf(rows);
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
    found.push(...rows.map((row) => ({ ...row, kinds: [] })));
  }
  return found;
}

/** From where and in which languages people answered in a topic and period; each once. */
export async function readHeard(
  db: Db,
  topic: DigestKey,
  span: DateRange,
  byRegion: readonly string[] = [],
): Promise<Heard[]> {
  return db
    .selectDistinct({
      country: countryTold(byRegion),
      region: posts.region,
      language: posts.language,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(answering(topic, span));
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
