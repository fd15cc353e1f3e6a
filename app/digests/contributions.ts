import {
  and,
  asc,
  eq,
  exists,
  gte,
  inArray,
  isNull,
  lt,
  notExists,
  or,
  type SQL,
} from 'drizzle-orm';
import type { Db } from '../../db/client';
import { affirmations, postBarriers, postPillars, posts, threads } from '../../db/schema';
import { publicPost } from '../conversation/visibility';
import { ancestors, childRegions, countriesIn, regionOf, regions } from '../places/places';
import type { Scope } from '../places/scope';
import { type BarrierKind, isBarrierKind } from '../vocabularies/vocabularies';
import type { Period } from './period';
import { pillarOf, scopeOf, type Topic } from './topic';

/** What somebody wrote that raises a barrier, as far as it is counted. */
export interface Contribution {
  id: string;
  authorId: string;
  country: string | null;
  region: string | null;
  /** UTC milliseconds. */
  createdAt: number;
  kinds: BarrierKind[];
}

/** Half-open, in UTC milliseconds; any period is one. */
export type Span = Pick<Period, 'start' | 'end'>;

/**
 * The contributions that a digest counts, oldest first: public posts that answer (not the openings
 * of threads), posted in the period, placed in the scope by their country or, without one, by
 * their region, that raise at least one kind of barrier; of a pillar only those that name it.
 */
export async function readContributions(db: Db, topic: Topic, span: Span): Promise<Contribution[]> {
  const rows = await db
    .select({
      id: posts.id,
      authorId: posts.authorId,
      country: posts.country,
      region: posts.region,
      createdAt: posts.createdAt,
      kind: postBarriers.kind,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(answering(db, topic, span))
    .orderBy(asc(posts.createdAt), asc(posts.id), asc(postBarriers.kind));
  const byId = new Map<string, Contribution>();
  for (const { kind, ...row } of rows) {
    if (!isBarrierKind(kind)) continue;
    const known = byId.get(row.id);
    if (known) known.kinds.push(kind);
    else byId.set(row.id, { ...row, kinds: [kind] });
  }
  return [...byId.values()];
}

/** What somebody answered without naming a kind of barrier. */
export interface Remark extends Contribution {
  /** Which of the blog post's questions it answers; null elsewhere. */
  questionNumber: number | null;
}

/** The other answers of a scope and period, oldest first: those that name no kind of barrier. */
export async function readRemarks(db: Db, topic: Topic, span: Span): Promise<Remark[]> {
  const rows = await db
    .select({
      id: posts.id,
      authorId: posts.authorId,
      country: posts.country,
      region: posts.region,
      createdAt: posts.createdAt,
      questionNumber: threads.questionNumber,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        answering(db, topic, span),
        notExists(
          db
            .select({ kind: postBarriers.kind })
            .from(postBarriers)
            .where(eq(postBarriers.postId, posts.id)),
        ),
      ),
    )
    .orderBy(asc(posts.createdAt), asc(posts.id));
  return rows.map((row) => ({ ...row, kinds: [] }));
}

/**
 * Who said of a counted contribution "I face this too" before the period was over: each person and
 * kind of barrier once.
 */
export async function readAffirmers(
  db: Db,
  topic: Topic,
  span: Span,
): Promise<{ personId: string; kind: BarrierKind }[]> {
  const rows = await db
    .selectDistinct({ personId: affirmations.userId, kind: postBarriers.kind })
    .from(affirmations)
    .innerJoin(posts, eq(posts.id, affirmations.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(and(answering(db, topic, span), lt(affirmations.createdAt, span.end)));
  return rows.flatMap(({ personId, kind }) => (isBarrierKind(kind) ? [{ personId, kind }] : []));
}

/** The narrowest M49 region that a contribution was placed in; null where it was placed wider. */
export function regionWithin({ country, region }: Pick<Contribution, 'country' | 'region'>) {
  const narrow = country ? regionOf(country) : region;
  return narrow && childRegions(narrow).length === 0 ? narrow : null;
}

/** Public answers about a topic that were posted in a period. To be joined with threads. */
export function answering(db: Db, topic: Topic, { start, end }: Span): SQL | undefined {
  const pillar = pillarOf(topic);
  return and(
    publicPost(),
    eq(posts.isOpening, false),
    gte(posts.createdAt, start),
    lt(posts.createdAt, end),
    placedIn(scopeOf(topic)),
    pillar
      ? exists(
          db
            .select({ pillar: postPillars.pillar })
            .from(postPillars)
            .where(and(eq(postPillars.postId, posts.id), eq(postPillars.pillar, pillar))),
        )
      : undefined,
  );
}

/** `scopeContains`, as a condition on posts. */
export function placedIn(scope: Scope): SQL | undefined {
  if (scope === 'world') return undefined;
  const within = regions
    .map(({ code }) => code)
    .filter((code) => code === scope || ancestors(code).includes(scope));
  return or(
    inArray(posts.country, [...countriesIn(scope)]),
    and(isNull(posts.country), inArray(posts.region, within)),
  );
}

/**
 * The row of a digest's table of places that a contribution belongs to: in the world and in wide
 * regions the narrowest M49 region, in a narrowest region the country. Null where it was placed no
 * more closely than that, and always in a country.
 */
export function placeRowOf(
  scope: Scope,
  placed: Pick<Contribution, 'country' | 'region'>,
): string | null {
  if (childRegions(scope).length > 0) return regionWithin(placed);
  return placed.country === scope ? null : placed.country;
}
