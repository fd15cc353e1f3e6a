import { and, count, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { inConversation } from '~/domain/forum/threads/threads';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { alias, anyRow, type Column, distinctList, unionAll } from '~db/dialect';
import { countedReports, postBarriers, postPillars, posts, threads } from '~db/schema';
import type { BarrierFilter, DateRange } from './query';

const wantedBarriers = alias(postBarriers, 'wanted_barriers');

/**
 * People who reported barriers from exactly the same set of places. There are crowds for each kind, and
 * crowds for all kinds together; within one of these, nobody is in two crowds.
 */
export interface Crowd {
  /** Null for crowds of all kinds together. */
  kind: BarrierKind | null;
  /** Countries, or regions if no country was given, or null. At least one entry. */
  places: readonly (string | null)[];
  /** Number of distinct people. */
  people: number;
}

/** Separator in joined place codes; not part of any code. */
const BETWEEN = ',';

/**
 * Reads all people who reported a barrier that matches the filter: authors of public contributions
 * in its period, with the place of the text. Not who says "I face this too": where they are is private.
 *
 * The database groups people by their set of places and counts each group: most people have one
 * place, so a million contributions result in a few hundred rows.
 */
export async function readCrowds(
  db: Db,
  filter: Omit<BarrierFilter, 'scope' | 'kind'>,
): Promise<Crowd[]> {
  const { pillar, span, conversation, industry } = filter;
  const ofPost = anyRow(
    posts,
    eq(posts.id, countedReports.postId),
    industry ? eq(posts.industry, industry) : undefined,
    conversation ? ofConversation(conversation) : undefined,
  );
  const voices = db
    .select({
      personId: countedReports.personId,
      kind: countedReports.kind,
      place: countedReports.place,
    })
    .from(countedReports)
    .where(
      and(
        eq(countedReports.pillar, pillar ?? ''),
        during(countedReports.createdAt, span),
        industry || conversation ? ofPost : undefined,
      ),
    )
    .as('voices');
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
  return rows.map(({ kind, places, people }) => {
    const codes = [...new Set(places.split(BETWEEN))].map((code) => code || null);
    return { kind: kind === '' ? null : kind, places: codes, people };
  });
}

/** Condition for public reports that match the filter, in queries joined with threads. */
export function barrierReports(filter: BarrierFilter): SQL | undefined {
  const ofKind = filter.kind ? eq(wantedBarriers.kind, filter.kind) : undefined;
  const raised = anyRow(wantedBarriers, eq(wantedBarriers.postId, posts.id), ofKind);
  return and(publicPost(), answering(filter), raised);
}

/** Contributions (not opening posts) of the given conversation, industry and pillar, if any. */
function answering({
  conversation,
  industry,
  pillar,
}: Omit<BarrierFilter, 'scope' | 'span' | 'kind'>): SQL | undefined {
  return and(
    mayReportBarrier(),
    conversation ? ofConversation(conversation) : undefined,
    industry ? eq(posts.industry, industry) : undefined,
    pillar
      ? anyRow(postPillars, eq(postPillars.postId, posts.id), eq(postPillars.pillar, pillar))
      : undefined,
  );
}

function ofConversation(slug: string): SQL {
  return anyRow(threads, eq(threads.id, posts.threadId), inConversation(slug));
}

export function during(moment: Column, { start, end }: DateRange): SQL | undefined {
  return and(gte(moment, start), lt(moment, end));
}
