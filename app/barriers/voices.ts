import { and, eq, exists, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { alias, type Column } from '../../db/dialect';
import { affirmations, postBarriers, postPillars, posts, threads } from '../../db/schema';
import { publicPost } from '../conversation/visibility';
import { placedIn } from '../digests/contributions';
import { countriesIn, regionOf } from '../places/places';
import { BARRIER_KINDS, type BarrierKind, isBarrierKind } from '../vocabularies/vocabularies';
import type { Counts } from './figures';
import type { BarrierFilter, Span } from './query';

const wantedBarriers = alias(postBarriers, 'wanted_barriers');

/** That a person raised a kind of barrier from a place, in their words or by "I face this too". */
export interface Voice {
  personId: string;
  country: string | null;
  region: string | null;
  kind: BarrierKind;
}

/**
 * Everybody who raised a barrier that the filter wants: authors of public contributions in its
 * period, placed as their text is, and people who in its period said of one "I face this too",
 * placed where they said it from. Each person, place and kind once.
 */
export async function readVoices(db: Db, filter: BarrierFilter): Promise<Voice[]> {
  const authors = await db
    .selectDistinct({
      personId: posts.authorId,
      country: posts.country,
      region: posts.region,
      kind: postBarriers.kind,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(
      and(barrierReports(db, filter), during(posts.createdAt, filter.span), placedIn(filter.scope)),
    );
  const others = await db
    .selectDistinct({
      personId: affirmations.userId,
      country: affirmations.country,
      kind: postBarriers.kind,
    })
    .from(affirmations)
    .innerJoin(posts, eq(posts.id, affirmations.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(and(barrierReports(db, filter), during(affirmations.createdAt, filter.span)));
  const inScope = new Set(countriesIn(filter.scope));
  return [
    ...authors,
    ...others
      .filter(({ country }) => filter.scope === 'world' || (country && inScope.has(country)))
      .map((one) => ({ ...one, region: one.country && regionOf(one.country) })),
  ].flatMap(({ kind, ...voice }) => (isBarrierKind(kind) ? [{ ...voice, kind }] : []));
}

/**
 * Public contributions that raise a barrier which the filter wants, wherever and whenever. To be
 * joined with threads.
 */
export function barrierReports(
  db: Db,
  { industry, pillar, kind }: Pick<BarrierFilter, 'industry' | 'pillar' | 'kind'>,
): SQL | undefined {
  const one = { one: sql`1` };
  const raised = db
    .select(one)
    .from(wantedBarriers)
    .where(
      and(eq(wantedBarriers.postId, posts.id), kind ? eq(wantedBarriers.kind, kind) : undefined),
    );
  const concerned = db
    .select(one)
    .from(postPillars)
    .where(and(eq(postPillars.postId, posts.id), eq(postPillars.pillar, pillar ?? '')));
  return and(
    publicPost(),
    eq(posts.isOpening, false),
    exists(raised),
    industry ? eq(posts.industry, industry) : undefined,
    pillar ? exists(concerned) : undefined,
  );
}

export function during(moment: Column, { start, end }: Span): SQL | undefined {
  return and(gte(moment, start), lt(moment, end));
}

/** Distinct people, and those who raised each kind. */
export class People {
  readonly #all = new Set<string>();
  readonly #kinds = new Map<BarrierKind, Set<string>>();

  add({ personId, kind }: Voice): void {
    this.#all.add(personId);
    const known = this.#kinds.get(kind);
    if (known) known.add(personId);
    else this.#kinds.set(kind, new Set([personId]));
  }

  counts(): Counts {
    const kinds = BARRIER_KINDS.flatMap((kind): [BarrierKind, number][] => {
      const people = this.#kinds.get(kind)?.size;
      return people ? [[kind, people]] : [];
    });
    return { people: this.#all.size, kinds: new Map(kinds) };
  }
}
