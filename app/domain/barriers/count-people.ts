import { and, count, eq, exists, gte, lt, type SQL, sql } from 'drizzle-orm';
import { type BarrierKind, isBarrierKind } from '~/domain/community/vocabularies';
import { publicPost, publicPostAmongAll } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { alias, type Column, distinctList, unionAll } from '~db/dialect';
import { meToos, postBarriers, postPillars, posts } from '~db/schema';
import type { BarrierFilter, DateRange } from './query';

const wantedBarriers = alias(postBarriers, 'wanted_barriers');

/**
 * People who raised a barrier from the very same places, in their words or by "I face this too".
 * Of each kind there are crowds, and there are crowds of everybody, whatever kinds they raised:
 * crowds of one sort have nobody in common.
 */
export interface Crowd {
  /** Null for those of all kinds together. */
  kind: BarrierKind | null;
  /** Countries, and regions where no country was named; null where nothing was. At least one. */
  places: readonly (string | null)[];
  /** How many distinct people. */
  people: number;
}

/** What joins places into one text; in no code of a place. */
const BETWEEN = ',';

/**
 * Everybody who raised a barrier that the filter wants: authors of public contributions in its
 * period, placed as their text is, and people who in its period said of one "I face this too",
 * placed where they said it from.
 *
 * The database brings each person's places together and counts who has the same: most have one, so
 * that a million contributions come out as a few hundred rows.
 */
export async function readCrowds(
  db: Db,
  filter: Omit<BarrierFilter, 'scope' | 'kind'>,
): Promise<Crowd[]> {
  const wanted = and(publicPostAmongAll(), answering(db, filter));
  const authors = db
    .select({
      personId: posts.authorId,
      kind: postBarriers.kind,
      place: sql<string>`coalesce(${posts.country}, ${posts.region}, '')`.as('place'),
    })
    .from(posts)
    .innerJoin(postBarriers, eq(postBarriers.postId, posts.id))
    .where(and(wanted, during(posts.createdAt, filter.span)));
  // SQLite keeps the order of cross joins: me-toos of the period first, and not every post there is.
  const others = db
    .select({
      personId: meToos.userId,
      kind: postBarriers.kind,
      place: sql<string>`coalesce(${meToos.country}, '')`.as('place'),
    })
    .from(meToos)
    .crossJoin(postBarriers)
    .crossJoin(posts)
    .where(
      and(
        during(meToos.createdAt, filter.span),
        eq(postBarriers.postId, meToos.postId),
        eq(posts.id, meToos.postId),
        wanted,
      ),
    );
  const voices = unionAll(authors, others).as('voices');
  const raised = db.$with('raised').as(
    db
      .select({
        personId: voices.personId,
        kind: voices.kind,
        places: distinctList(voices.place, BETWEEN).as('places'),
      })
      .from(voices)
      .groupBy(voices.personId, voices.kind),
  );
  const people = db
    .select({
      personId: raised.personId,
      places: distinctList(raised.places, BETWEEN).as('places'),
    })
    .from(raised)
    .groupBy(raised.personId)
    .as('people');
  const crowds = db.$with('crowds').as(
    unionAll(
      db
        .select({
          kind: raised.kind,
          places: raised.places,
          people: count().as('people'),
        })
        .from(raised)
        .groupBy(raised.kind, sql`${raised.places}`),
      db
        .select({
          kind: sql<string>`''`.as('kind'),
          places: people.places,
          people: count().as('people'),
        })
        .from(people)
        .groupBy(sql`${people.places}`),
    ),
  );
  const rows = await db.with(raised, crowds).select().from(crowds);
  return rows.flatMap(({ kind, places, people }) => {
    if (kind !== '' && !isBarrierKind(kind)) return [];
    const codes = [...new Set(places.split(BETWEEN))].map((code) => code || null);
    return [{ kind: kind === '' ? null : kind, places: codes, people }];
  });
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
  return and(publicPost(), answering(db, { industry, pillar }), exists(raised));
}

/** Contributions, not the openings of threads, of an industry and a pillar where they are given. */
function answering(
  db: Db,
  { industry, pillar }: Pick<BarrierFilter, 'industry' | 'pillar'>,
): SQL | undefined {
  const concerned = db
    .select({ one: sql`1` })
    .from(postPillars)
    .where(and(eq(postPillars.postId, posts.id), eq(postPillars.pillar, pillar ?? '')));
  return and(
    eq(posts.isOpening, false),
    industry ? eq(posts.industry, industry) : undefined,
    pillar ? exists(concerned) : undefined,
  );
}

export function during(moment: Column, { start, end }: DateRange): SQL | undefined {
  return and(gte(moment, start), lt(moment, end));
}
