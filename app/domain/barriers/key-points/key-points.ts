import {
  and,
  count as countRows,
  desc,
  eq,
  isNull,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import { during } from '~/domain/barriers/count-people';
import { kindsInTexts } from '~/domain/barriers/kinds-in-texts';
import type { DateRange } from '~/domain/barriers/query';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { placedIn } from '~/domain/forum/posts/post-place';
import { postsInAnyState, publicPost } from '~/domain/forum/visibility';
import { inBatches } from '~/platform/batches';
import type { Community } from '~/platform/community/community';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { DEFAULT_LOCALE, isLocale, type Locale } from '~/platform/i18n/locales';
import { idsOf } from '~/platform/ids';
import { placeName } from '~/platform/places/names';
import type { CountryCode, RegionCode } from '~/platform/places/places';
import { type Scope, scopeContains } from '~/platform/places/scope';
import type { NarrowTag } from '~db/cache-tags';
import type { Db } from '~db/client';
import { countOf, inList } from '~db/dialect';
import {
  keyPointPlaces,
  keyPointPosts,
  keyPointStances,
  keyPoints,
  keyPointTexts,
  meToos,
  posts,
  threads,
} from '~db/schema';
import type { Stance } from '~db/schema/evidence';
import { prepared } from '~db/statement-cache';
import { narrowReads, ofThread } from '~db/tracked-reads';
import { type BestSentence, bestSentence, stillSays } from './best-sentence';
import { mostReportedIds } from './key-point-figures';
import { LONGEST_TITLE } from './limits';
import { isOutdated, originalOf } from './original';
import { type StanceTotals, stancesByPlace, type Taken, totalsOf } from './stance-counts';

/*
 * Key points as everybody may read them: concrete barriers that a person confirmed. A key point
 * shows what its public posts show; without one it is not there. One that nothing names, neither a title
 * nor a sentence of its posts, is there only for moderators (`unnamed`).
 */

/** What a key point is called, in an interface language. */
export interface KeyPointText {
  title: string;
  sentence: string;
  /** BCP 47. */
  language: string;
  /** Nobody has accepted it yet: to be marked wherever it is shown. */
  proposed: boolean;
  /** Null where nothing is proposed: it goes by its kind and place. */
  proposedBy: 'person' | 'best-sentence' | 'model' | null;
  /** The language model that proposed it. */
  model: string | null;
  /** The post whose words these are; null if they are not a quote. */
  sourcePostId: string | null;
}

/** A public post that reports the barrier. */
export interface KeyPointPost {
  id: string;
  threadId: string;
  authorId: string;
  country: CountryCode | null;
  region: RegionCode | null;
  createdAt: number;
}

export interface KeyPoint {
  id: string;
  kind: BarrierKind;
  /** UN M49. */
  region: RegionCode;
  createdAt: number;
  /**
   * As stored, by interface language; without those whose words are not public any more, or that
   * translate an older original.
   */
  texts: Partial<Record<Locale, KeyPointText>>;
  /** The translations of an older original: only for who may bring them up to date. */
  outdated: Partial<Record<Locale, KeyPointText>>;
  /** The best sentence of its posts, where `texts` is empty; null where none stands alone. */
  quoted: BestSentence | null;
  /** Oldest first; in an overview only those of the place and time that it is about. */
  posts: KeyPointPost[];
  /** When the first of its posts was written, and which that is; in an overview, of those of its place. */
  since: number;
  firstPostId: string;
  people: {
    /** Distinct authors; in an overview those of its place and time. They alone decide the order. */
    reported: number;
    /**
     * Distinct others who say "I face this too" of it or of one of its posts. Always worldwide: where
     * they are is private, and costs nothing to claim. In an overview of a time: up to its end.
     */
    facing: number;
  };
  /** Where its authors reported it from, by code; those who name only a region are in `regions`. */
  countries: CountryCode[];
  regions: RegionCode[];
  /** How many people say so for themselves, counted like `facing`. */
  stances: StanceTotals;
  /** How many of them have said so within the time of an overview. */
  newStances: StanceTotals;
}

/** The key point with this id as everybody may read it; null where none of its posts is public. */
export async function findKeyPoint(
  db: Db,
  community: Community,
  id: string,
  { unnamed = false }: Pick<KeyPointQuery, 'unnamed'> = {},
): Promise<KeyPoint | null> {
  const [point] = await readKeyPoints(db, community, [id], { ...EVERYWHERE, unnamed });
  return point ?? null;
}

/** The key points with these ids, those that most people reported first; for the desk. */
export function keyPointsById(
  db: Db,
  community: Community,
  ids: readonly string[],
): Promise<KeyPoint[]> {
  return readKeyPoints(db, community, [...new Set(ids)], { ...EVERYWHERE, unnamed: true });
}

/** Where a key point's page is now: its own id, or that of the one it was merged into. */
export async function currentKeyPointId(db: Db, id: string): Promise<string | null> {
  const [row] = await db
    .select({ id: keyPoints.id, mergedIntoId: keyPoints.mergedIntoId })
    .from(keyPoints)
    .where(eq(keyPoints.id, id));
  return row ? (row.mergedIntoId ?? row.id) : null;
}

export interface KeyPointQuery {
  /** Key points with reports from there. */
  scope?: Scope;
  /** Counted are the reports, and who joined them, within this time. */
  period?: DateRange;
  kind?: BarrierKind;
  /** At most so many: found by kept figures, without reading the others. */
  limit?: number;
  /** Also those that nothing names. */
  unnamed?: boolean;
}

/**
 * The key points of a place and time, those that most people reported there and then first.
 * `people.reported`, `posts` and places are those of that place and time, and `since` is of that place,
 * whatever the time. Stances are those of the whole world taken until the time was over: a later one
 * must not change what is told of an earlier month.
 */
export async function keyPointsOf(
  db: Db,
  community: Community,
  { scope = 'world', period, kind, limit, unnamed }: KeyPointQuery = {},
): Promise<KeyPoint[]> {
  if (limit !== undefined) {
    const narrowed = { scope, period: period ?? null, kind };
    const points: KeyPoint[] = [];
    for (let offset = 0; points.length < limit; offset += limit) {
      const ids = await mostReportedIds(db, narrowed, { offset, limit });
      points.push(...(await readKeyPoints(db, community, ids, { ...narrowed, unnamed })));
      if (ids.length < limit) break;
    }
    return points.slice(0, limit);
  }
  const rows = await db
    .selectDistinct({ id: keyPointPosts.keyPointId })
    .from(keyPointPosts)
    .innerJoin(keyPoints, eq(keyPoints.id, keyPointPosts.keyPointId))
    .innerJoin(posts, eq(posts.id, keyPointPosts.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        publicPost(),
        mayReportBarrier(),
        placedIn(scope),
        period ? during(posts.createdAt, period) : undefined,
        kind ? eq(keyPoints.kind, kind) : undefined,
      ),
    );
  const ids = rows.map(({ id }) => id);
  return readKeyPoints(db, community, ids, { scope, period: period ?? null, unnamed });
}

/** Counts the key points that have a public post, also those that nothing names. */
export function countKeyPoints(db: Db): Promise<number> {
  return countOf(db, keyPointPlaces, eq(keyPointPlaces.place, 'world'));
}

/** Some of these, in an order that no post changes, without those that nothing names. */
export async function keyPointsFrom(
  db: Db,
  community: Community,
  { limit, offset }: { limit: number; offset: number },
): Promise<KeyPoint[]> {
  const rows = await db
    .select({ id: keyPointPlaces.keyPointId })
    .from(keyPointPlaces)
    .where(eq(keyPointPlaces.place, 'world'))
    .orderBy(keyPointPlaces.keyPointId)
    .limit(limit)
    .offset(offset);
  return readKeyPoints(db, community, idsOf(rows));
}

/** The key points of exactly this region, those that most people reported first; for the desk. */
export async function keyPointsIn(
  db: Db,
  community: Community,
  region: RegionCode,
): Promise<KeyPoint[]> {
  const rows = await db
    .select({ id: keyPoints.id })
    .from(keyPoints)
    .where(and(eq(keyPoints.region, region), isNull(keyPoints.mergedIntoId)));
  return readKeyPoints(db, community, idsOf(rows), { ...EVERYWHERE, unnamed: true });
}

const readPointsOfPosts = prepared((db) =>
  db
    .selectDistinct({ id: keyPointPosts.keyPointId })
    .from(keyPointPosts)
    .where(inList(keyPointPosts.postId, 'postIds')),
);

/** The key points that some posts are in, by post. Posts in none have no entry. */
export async function keyPointsOfPosts(
  db: Db,
  community: Community,
  postIds: readonly string[],
): Promise<Map<string, KeyPoint>> {
  if (postIds.length === 0) return new Map();
  const ids = idsOf(await readPointsOfPosts(db, { postIds }));
  return byPost(await readKeyPoints(db, community, ids), postIds);
}

function byPost(points: readonly KeyPoint[], postIds: readonly string[]): Map<string, KeyPoint> {
  const wanted = new Set(postIds);
  return new Map(
    points.flatMap((point) =>
      point.posts.filter(({ id }) => wanted.has(id)).map(({ id }) => [id, point] as const),
    ),
  );
}

/** The key points that most posts of a thread report, those of most people first. */
export async function keyPointsOfThread(
  db: Db,
  community: Community,
  threadId: string,
  limit: number,
): Promise<KeyPoint[]> {
  return (await keyPointsOnThread(db, community, threadId, { limit, postIds: [] })).ofThread;
}

/**
 * The key points of a page of a thread: those that most of its posts report, those of most people
 * first, and those that the posts on the page are in, by post. A stored page depends on no others.
 */
export async function keyPointsOnThread(
  db: Db,
  community: Community,
  threadId: string,
  { limit, postIds }: { limit: number; postIds: readonly string[] },
): Promise<{ ofThread: KeyPoint[]; ofPosts: Map<string, KeyPoint> }> {
  const [most, ofPosts] = await narrowReads(ofThread(threadId), async () => [
    idsOf(await readMostReported(db, { threadId, limit })),
    postIds.length > 0 ? idsOf(await readPointsOfPosts(db, { postIds })) : [],
  ]);
  const ids = [...new Set([...most, ...ofPosts])];
  const points = await readWithTheirTags(db, community, ids);
  return {
    ofThread: points.filter(({ id }) => most.includes(id)),
    ofPosts: byPost(points, postIds),
  };
}

/** The key points that most posts of a conversation report, those of most people first. */
export async function keyPointsOfConversation(
  db: Db,
  community: Community,
  conversationId: string,
  limit: number,
): Promise<KeyPoint[]> {
  const among = eq(threads.conversationId, conversationId);
  return readKeyPoints(db, community, idsOf(await selectMostReported(db, among, limit)));
}

const readMostReported = prepared((db) =>
  selectMostReported(db, eq(posts.threadId, sql.placeholder('threadId')), sql.placeholder('limit')),
);

/** Selects the ids of the key points that most public posts among some report. */
function selectMostReported(db: Db, among: SQL, limit: number | Placeholder) {
  return db
    .select({ id: keyPointPosts.keyPointId })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(keyPointPosts, eq(keyPointPosts.postId, posts.id))
    .where(and(among, publicPost(), mayReportBarrier()))
    .groupBy(keyPointPosts.keyPointId)
    .orderBy(desc(countRows()), keyPointPosts.keyPointId)
    .limit(limit);
}

/** Key points for a page of one thread: a stored page then depends on no other key points. */
async function readWithTheirTags(
  db: Db,
  community: Community,
  ids: readonly string[],
): Promise<KeyPoint[]> {
  if (ids.length === 0) return [];
  return narrowReads(await tagsOfKeyPoints(db, ids), () => readKeyPoints(db, community, ids));
}

/**
 * At least how many people had taken each stance on a key point before `until`, by country; see
 * `stancesByPlace`. `least` is `DIGEST_MIN_AUTHORS`. Not for a page: see `countStances`.
 */
export async function stanceTables(
  db: Db,
  { id, posts: own }: Pick<KeyPoint, 'id' | 'posts'>,
  { least, until }: { least: number; until: number },
): Promise<Record<Stance, ReadonlyMap<CountryCode, number>>> {
  const taken = (await readStances(db, [id], until)).get(id) ?? [];
  const said = await readMeToos(db, idsOf(own), until);
  const authors = new Set(own.map(({ authorId }) => authorId));
  const of = (stance: Stance) =>
    stancesByPlace(
      taken.filter((one) => one.stance === stance),
      least,
    );
  return {
    'me-too': stancesByPlace(facingOf({ meToos: said, taken }, authors), least),
    'not-here': of('not-here'),
    'no-longer': of('no-longer'),
  };
}

/** How many people reported a key point, by place as they show it, the most first. */
export function reportersByPlace({
  posts: own,
}: Pick<KeyPoint, 'posts'>): [place: CountryCode | RegionCode, people: number][] {
  const placed = own.flatMap(({ authorId, country, region }) => {
    const place = country ?? region;
    return place ? [{ authorId, place }] : [];
  });
  return [...Map.groupBy(placed, ({ place }) => place)]
    .map(([place, posts]): [CountryCode | RegionCode, number] => [
      place,
      new Set(posts.map(({ authorId }) => authorId)).size,
    ])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** The best sentence of a key point's public posts; null where it has none. */
export async function bestSentenceOf(
  db: Db,
  community: Community,
  id: string,
): Promise<BestSentence | null> {
  const point = await findKeyPoint(db, community, id, { unnamed: true });
  if (!point) return null;
  if (point.quoted) return point.quoted;
  return (await readBestSentences(db, community, [point])).get(id) ?? null;
}

/**
 * What a key point is called for a reader: in their language, else an accepted title in
 * English or another one, else one that is only proposed, else the best sentence of its posts, at last,
 * for moderators, its kind and place.
 */
export function keyPointText(
  point: Pick<KeyPoint, 'texts' | 'quoted' | 'kind' | 'region'>,
  i18n: SiteTranslator,
): KeyPointText {
  const { locale } = i18n;
  const written = writtenText(point, locale);
  if (written) return written;
  const title = i18n.t('keyPoints.unnamed', {
    kind: i18n.name('barrier', point.kind),
    place: placeName(point.region, locale),
  });
  return {
    ...{ title, sentence: title, language: locale, proposed: false, proposedBy: null, model: null },
    sourcePostId: null,
  };
}

/** True where a title or a sentence of its posts names a key point: others are for moderators only. */
export function isNamed({ texts, quoted }: Pick<KeyPoint, 'texts' | 'quoted'>): boolean {
  return quoted !== null || Object.keys(texts).length > 0;
}

/** The same in words of people; null where nobody wrote any. */
export function writtenText(
  { texts, quoted }: Pick<KeyPoint, 'texts' | 'quoted'>,
  locale: Locale,
): KeyPointText | null {
  const all = Object.values(texts);
  const accepted = all.filter(({ proposed }) => !proposed);
  const usual = accepted.find(({ language }) => language === DEFAULT_LOCALE);
  const found = texts[locale] ?? usual ?? accepted[0] ?? all[0];
  if (found || !quoted) return found ?? null;
  const { title, sentence, language, postId } = quoted;
  return {
    ...{ title, sentence, language, proposed: true, proposedBy: 'best-sentence', model: null },
    sourcePostId: postId,
  };
}

const readMergedInto = prepared((db) =>
  db.select({ id: keyPoints.id }).from(keyPoints).where(inList(keyPoints.mergedIntoId, 'ids')),
);

const readThreadsAround = prepared((db) =>
  db
    .selectDistinct({ id: posts.threadId })
    .from(keyPointPosts)
    .innerJoin(postsInAnyState, eq(posts.id, keyPointPosts.postId))
    .where(inList(keyPointPosts.keyPointId, 'ids')),
);

/** The tags of all that a key point shows: those merged into it, and the threads of its posts. */
async function tagsOfKeyPoints(db: Db, ids: readonly string[]): Promise<NarrowTag[]> {
  const points = ids.map((id) => `keyPoint:${id}` as const);
  const [merged, around] = await narrowReads(points, async () => [
    await readMergedInto(db, { ids }),
    await readThreadsAround(db, { ids }),
  ]);
  return [
    ...points,
    ...merged.map(({ id }) => `keyPoint:${id}` as const),
    ...around.flatMap(({ id }) => ofThread(id)),
  ];
}

interface Narrowed {
  scope: Scope;
  period: DateRange | null;
  /** Also those that nothing names. */
  unnamed?: boolean | undefined;
}

const EVERYWHERE = { scope: 'world', period: null } as const;

const readMembers = prepared((db) =>
  db
    .select({
      postId: keyPointPosts.postId,
      keyPointId: keyPointPosts.keyPointId,
      kind: keyPoints.kind,
      pointRegion: keyPoints.region,
      madeAt: keyPoints.createdAt,
    })
    .from(keyPointPosts)
    .innerJoin(keyPoints, eq(keyPoints.id, keyPointPosts.keyPointId))
    .where(inList(keyPointPosts.keyPointId, 'ids')),
);

// By their ids, so that the database reads no other posts.
const readReports = prepared((db) =>
  db
    .select({
      id: posts.id,
      threadId: posts.threadId,
      authorId: posts.authorId,
      country: posts.country,
      region: posts.region,
      createdAt: posts.createdAt,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inList(posts.id, 'ids'), publicPost(), mayReportBarrier())),
);

/** Key points that have a public post in the place and time, those that most people reported first. */
async function readKeyPoints(
  db: Db,
  community: Community,
  ids: readonly string[],
  { unnamed = false, ...narrowed }: Narrowed = EVERYWHERE,
): Promise<KeyPoint[]> {
  if (ids.length === 0) return [];
  const members = await inBatches(ids, (batch) => readMembers(db, { ids: batch }));
  const memberOf = new Map(members.map(({ postId, ...member }) => [postId, member]));
  const found = await inBatches([...memberOf.keys()], (batch) => readReports(db, { ids: batch }));
  const rows = found.flatMap((post) => {
    const member = memberOf.get(post.id);
    return member ? [{ ...member, ...post }] : [];
  });
  const until = narrowed.period?.end ?? Number.POSITIVE_INFINITY;
  const meTooRows = await readMeToos(db, idsOf(rows), until);
  const stanceRows = await readStances(db, ids, until);
  const texts = await readTexts(db, ids);
  const rowsOf = Map.groupBy(rows, ({ keyPointId }) => keyPointId);
  const meToosOf = Map.groupBy(meTooRows, ({ postId }) => postId);
  const all = ids.flatMap((id): KeyPoint[] => {
    const own = rowsOf.get(id) ?? [];
    const [first] = own;
    if (!first) return [];
    return [
      count(
        {
          id,
          kind: first.kind,
          region: first.pointRegion,
          createdAt: first.madeAt,
          ...(texts.get(id) ?? { texts: {}, outdated: {} }),
        },
        own.map(({ keyPointId, kind, pointRegion, madeAt, ...post }) => post),
        {
          meToos: own.flatMap((row) => meToosOf.get(row.id) ?? []),
          taken: stanceRows.get(id) ?? [],
        },
        narrowed,
      ),
    ].filter(({ posts }) => posts.length > 0);
  });
  const sentences = await readBestSentences(
    db,
    community,
    all.filter(({ texts }) => Object.keys(texts).length === 0),
  );
  return all
    .sort(byReports)
    .map((point) => ({ ...point, quoted: sentences.get(point.id) ?? null }))
    .filter((point) => unnamed || isNamed(point));
}

/**
 * Those that most people reported first; of equal ones, the one first reported longest ago. A stance
 * costs one press of any account, so none changes the order, not even between equals.
 */
function byReports(a: KeyPoint, b: KeyPoint): number {
  const order = b.people.reported - a.people.reported;
  return order || a.since - b.since || (a.id < b.id ? -1 : 1);
}

interface Voices {
  meToos: readonly { userId: string; country: string | null; createdAt: number }[];
  taken: readonly Taken[];
}

function count(
  point: Pick<KeyPoint, 'id' | 'kind' | 'region' | 'createdAt' | 'texts' | 'outdated'>,
  allPosts: readonly KeyPointPost[],
  voices: Voices,
  { scope, period }: Narrowed,
): KeyPoint {
  const within = (at: number) => !period || (at >= period.start && at < period.end);
  const inTime = allPosts.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const everHere = inTime.filter(({ country, region }) => scopeContains(scope, country, region));
  const here = everHere.filter(({ createdAt }) => within(createdAt));
  const reported = new Set(here.map(({ authorId }) => authorId)).size;
  const authors = new Set(
    inTime.filter(({ createdAt }) => !period || createdAt < period.end).map((one) => one.authorId),
  );
  const facing = facingOf(voices, authors);
  const facingNow = facing.filter(({ createdAt }) => within(createdAt)).length;
  const countries = new Set(here.flatMap(({ country }) => country ?? []));
  const regions = new Set(here.flatMap(({ country, region }) => (country ? [] : (region ?? []))));
  return {
    ...point,
    quoted: null,
    posts: here,
    since: everHere[0]?.createdAt ?? point.createdAt,
    firstPostId: everHere[0]?.id ?? '',
    people: { reported, facing: facing.length },
    countries: [...countries].sort(),
    regions: [...regions].sort(),
    stances: totalsOf(voices.taken, facing.length),
    newStances: totalsOf(
      voices.taken.filter(({ createdAt }) => within(createdAt)),
      facingNow,
    ),
  };
}

/**
 * Who else faces a barrier: whoever says so of the key point, or of one of its posts and has said
 * nothing else of the key point since. Each once, with the country they said it from last.
 */
function facingOf({ meToos, taken }: Voices, authors: ReadonlySet<string>): Taken[] {
  const found = new Map<string, Taken>();
  const inTime = meToos.toSorted((a, b) => a.createdAt - b.createdAt);
  for (const one of inTime) found.set(one.userId, { ...one, stance: 'me-too' });
  for (const one of taken) {
    if (one.stance === 'me-too') found.set(one.userId, one);
    else found.delete(one.userId);
  }
  return [...found.values()].filter(({ userId }) => !authors.has(userId));
}

const readMeTooRows = prepared((db) =>
  db
    .select({
      postId: meToos.postId,
      userId: meToos.userId,
      country: meToos.country,
      createdAt: meToos.createdAt,
    })
    .from(meToos)
    .where(inList(meToos.postId, 'ids')),
);

/** Who said "I face this too" of posts before `until`, UTC milliseconds. */
async function readMeToos(db: Db, postIds: readonly string[], until: number) {
  const rows = await inBatches(postIds, (batch) => readMeTooRows(db, { ids: batch }));
  return rows.filter(({ createdAt }) => createdAt < until);
}

const readStanceRows = prepared((db) =>
  db
    .select({
      keyPointId: keyPointStances.keyPointId,
      mergedIntoId: keyPoints.mergedIntoId,
      userId: keyPointStances.userId,
      stance: keyPointStances.stance,
      country: keyPointStances.country,
      createdAt: keyPointStances.createdAt,
    })
    .from(keyPointStances)
    .innerJoin(keyPoints, eq(keyPoints.id, keyPointStances.keyPointId))
    .where(or(inList(keyPoints.id, 'ids'), inList(keyPoints.mergedIntoId, 'ids'))),
);

/**
 * The stances on key points, with those on what was merged into them: of each person the last that
 * they took before `until`, UTC milliseconds.
 */
async function readStances(
  db: Db,
  ids: readonly string[],
  until: number,
): Promise<Map<string, Taken[]>> {
  const rows = await inBatches(ids, (batch) => readStanceRows(db, { ids: batch }));
  const found = new Map<string, Map<string, Taken>>();
  for (const { keyPointId, mergedIntoId, ...taken } of rows) {
    if (taken.createdAt >= until) continue;
    const id = mergedIntoId ?? keyPointId;
    const people = found.get(id) ?? new Map<string, Taken>();
    found.set(id, people);
    const known = people.get(taken.userId);
    const newer = !known || known.createdAt < taken.createdAt;
    // What was said at the same moment of the key point itself goes before.
    if (newer || (known.createdAt === taken.createdAt && !mergedIntoId)) {
      people.set(taken.userId, taken);
    }
  }
  return new Map([...found].map(([id, people]) => [id, [...people.values()]]));
}

const readTextRows = prepared((db) =>
  db.select().from(keyPointTexts).where(inList(keyPointTexts.keyPointId, 'ids')),
);

/**
 * The titles that may be shown: those that are somebody's words only while the post is public. Apart
 * from them those that translate an older original.
 */
async function readTexts(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Pick<KeyPoint, 'texts' | 'outdated'>>> {
  const rows = await inBatches(ids, (batch) => readTextRows(db, { ids: batch }));
  const sources = rows.flatMap(({ sourcePostId }) => sourcePostId ?? []);
  const shown = sources.length === 0 ? new Map<string, string>() : await publicAmong(db, sources);
  // Words that their author has changed or removed are no title any more.
  const said = rows.filter(
    ({ sourcePostId, sentence }) =>
      !sourcePostId || stillSays(shown.get(sourcePostId) ?? '', sentence),
  );
  const found = new Map<string, Pick<KeyPoint, 'texts' | 'outdated'>>();
  for (const [keyPointId, own] of Map.groupBy(said, (row) => row.keyPointId)) {
    const original = originalOf(own);
    const sorted: Pick<KeyPoint, 'texts' | 'outdated'> = { texts: {}, outdated: {} };
    for (const row of own) {
      const { language, title, sentence, proposedBy, model, sourcePostId } = row;
      if (!isLocale(language)) continue;
      const proposed = row.acceptedAt === null;
      const text = { title, sentence, language, proposed, proposedBy, model, sourcePostId };
      sorted[isOutdated(row, original) ? 'outdated' : 'texts'][language] = text;
    }
    found.set(keyPointId, sorted);
  }
  return found;
}

const readPublicTexts = prepared((db) =>
  db
    .select({ id: posts.id, html: posts.html })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inList(posts.id, 'ids'), publicPost(), mayReportBarrier())),
);

/** The HTML of those of the posts that are public reports. */
async function publicAmong(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await inBatches(ids, (batch) => readPublicTexts(db, { ids: batch }));
  return new Map(rows.map(({ id, html }) => [id, html]));
}

/** So many of the oldest posts of a key point are read for its best sentence. */
const MOST_READ = 4;

const readWordings = prepared((db) =>
  db
    .select({
      postId: posts.id,
      body: posts.body,
      html: posts.html,
      language: posts.language,
      country: posts.country,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inList(posts.id, 'ids'), publicPost())),
);

async function readBestSentences(
  db: Db,
  community: Community,
  points: readonly Pick<KeyPoint, 'id' | 'kind' | 'posts'>[],
): Promise<Map<string, BestSentence>> {
  const wanted = points.flatMap(({ posts }) => posts.slice(0, MOST_READ).map(({ id }) => id));
  if (wanted.length === 0) return new Map();
  const rows = await inBatches(wanted, (batch) => readWordings(db, { ids: batch }));
  const wordings = new Map(rows.map((row) => [row.postId, row]));
  return new Map(
    points.flatMap(({ id, kind, posts: own }) => {
      const wording = own.flatMap((post) => wordings.get(post.id) ?? []);
      const best = bestSentence(wording, kind, LONGEST_TITLE, kindsInTexts(community));
      return best ? [[id, best] as const] : [];
    }),
  );
}
