import { and, count, countDistinct, eq, type SQL, sql } from 'drizzle-orm';
import { postsInAnyState, publicThread, visiblePost } from '~/domain/forum/visibility';
import { ancestors, WORLD } from '~/platform/places/places';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { meToos, posts, threadFacets, threadFigures, threads } from '~db/schema';
import { prepared, preparedInsert, takenFrom } from '~db/statement-cache';

/*
 * What is kept of threads for lists (decision 66): how many answers, people and countries each has,
 * in which order lists show it, and which filters find it.
 */

type Figures = Omit<typeof threadFigures.$inferSelect, 'threadId'>;

/** Condition for the post that asks a question of a blog post: it is the site's, and no person's. */
export const asksForArticle = sql`(${posts.isOpening} and ${threads.questionNumber} is not null)`;

/** The author of a blog post's question is not counted among the people of its thread. */
const countedPerson = sql`case when ${asksForArticle} then null else ${posts.authorId} end`;

const truth = (condition: SQL) => sql<number>`case when ${condition} then 1 else 0 end`;

const faced = alias(postsInAnyState, 'faced');

/** A thread's figures, counted from its posts, and those that are kept of it. */
const readFigures = prepared((db) => {
  const meTooCount = db
    .select({ n: count() })
    .from(meToos)
    .innerJoin(faced, eq(faced.id, meToos.postId))
    .where(and(eq(faced.threadId, threads.id), visiblePost(faced)));
  return db
    .select({
      isPublic: truth(publicThread()).mapWith(Boolean),
      isPinned: truth(sql`${threads.pinnedAt} is not null`).mapWith(Boolean),
      answers: sql`sum(case when ${posts.isOpening} then 0 else 1 end)`.mapWith(Number),
      posts: count(posts.id),
      people: countDistinct(countedPerson),
      authors: countDistinct(posts.authorId),
      countries: countDistinct(posts.country),
      meToos: sql`${meTooCount}`.mapWith(Number),
      activeAt: threads.activeAt,
      createdAt: threads.createdAt,
      kept: threadFigures,
    })
    .from(threads)
    .leftJoin(threadFigures, eq(threadFigures.threadId, threads.id))
    .leftJoin(posts, and(eq(posts.threadId, threads.id), visiblePost()))
    .where(eq(threads.id, sql.placeholder('id')))
    .groupBy(threads.id, threadFigures.threadId);
});

const readNamed = prepared((db) =>
  db
    .selectDistinct({
      country: posts.country,
      region: posts.region,
      industry: posts.industry,
      language: posts.language,
    })
    .from(posts)
    .where(and(eq(posts.threadId, sql.placeholder('id')), visiblePost())),
);

const readKeptFacets = prepared((db) =>
  db
    .select({ facet: threadFacets.facet })
    .from(threadFacets)
    .where(eq(threadFacets.threadId, sql.placeholder('id'))),
);

const putFigures = preparedInsert(threadFigures, (insert) =>
  insert.onConflictDoUpdate({ target: threadFigures.threadId, set: takenFrom(threadFigures) }),
);

const insertFacets = preparedInsert(threadFacets);

/** The facet of threads with a visible post from a country or region; the world has all that have one. */
export const placeFacet = (code: string) => `place:${code}`;
export const industryFacet = (section: string) => `industry:${section}`;
export const languageFacet = (language: string) => `language:${language}`;

/** Counts a thread's figures and facets from its posts; `kept` is what was. Null if there is no such thread. */
export async function countThread(
  db: Db,
  id: string,
): Promise<{ figures: Figures; facets: ReadonlySet<string>; kept: Figures | null } | null> {
  const [found] = await readFigures(db, { id });
  if (!found) return null;
  const { posts: all, authors, meToos: faces, kept, ...rest } = found;
  return {
    figures: {
      ...rest,
      answers: all === 0 ? 0 : rest.answers,
      voices: authors + faces,
    },
    facets: rest.isPublic ? facetsOf(await readNamed(db, { id })) : new Set(),
    kept,
  };
}

/**
 * Brings a thread's figures up to date. Returns true if it has become public or stopped being so,
 * so that what its posts report counts anew.
 */
export async function keepThreadFigures(tx: Db, id: string): Promise<boolean> {
  const counted = await countThread(tx, id);
  if (!counted) return false;
  const { figures, facets, kept } = counted;
  if (!kept || differ(kept, figures)) await putFigures(tx, { threadId: id, ...figures });
  await keepFacets(tx, id, facets);
  return (kept?.isPublic ?? false) !== figures.isPublic;
}

function differ(kept: Figures, figures: Figures): boolean {
  return (Object.keys(figures) as (keyof Figures)[]).some((name) => kept[name] !== figures[name]);
}

async function keepFacets(tx: Db, threadId: string, wanted: ReadonlySet<string>): Promise<void> {
  const kept = new Set((await readKeptFacets(tx, { id: threadId })).map(({ facet }) => facet));
  const missing = [...wanted].filter((facet) => !kept.has(facet));
  await insertFacets(tx, ...missing.map((facet) => ({ facet, threadId })));
  for (const facet of kept) {
    if (wanted.has(facet)) continue;
    await tx
      .delete(threadFacets)
      .where(and(eq(threadFacets.threadId, threadId), eq(threadFacets.facet, facet)));
  }
}

type Named = Pick<typeof posts.$inferSelect, 'country' | 'region' | 'industry' | 'language'>;

function facetsOf(named: readonly Named[]): Set<string> {
  return new Set(
    named.flatMap(({ country, region, industry, language }) => [
      placeFacet(WORLD),
      // A post with a country also has its smallest region.
      ...(country ? [placeFacet(country)] : []),
      ...(region ? [region, ...ancestors(region)].map(placeFacet) : []),
      ...(industry ? [industryFacet(industry)] : []),
      languageFacet(language),
    ]),
  );
}
