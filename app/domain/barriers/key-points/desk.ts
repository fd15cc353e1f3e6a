import { and, count, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { PossibleMate, Ranker } from '~/domain/barriers/ranking/likeliest-mates';
import { type BarrierKind, isBarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { postInRegion } from '~/domain/forum/posts/post-place';
import { type PostInThread, publicPostsOf } from '~/domain/forum/posts/posts';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { keyPointPosts, posts, threads } from '~db/schema';
import { keyPointCandidates, type OfferedMate } from './asking';
import { addPosts, makeKeyPoint, sayNotBarrier } from './change';

/** Number of reports shown at once. */
const SHOWN = 20;
/** Number of newest unsorted reports of a region that are looked at; most people come first. */
const READ = 150;
/** Number of candidates offered for each report. */
const OFFERED = 3;

/** A report that is in no key point yet. */
export interface Unsorted {
  post: PostInThread;
  /** Likeliest first. */
  mates: OfferedMate[];
  /** The kinds to offer for a new key point: those named, otherwise the likeliest. */
  kinds: BarrierKind[];
  /** True if the text more likely reports no barrier. */
  noBarrier: boolean;
}

type Candidate = PossibleMate & OfferedMate;

/** Returns the regions with reports in no key point and their number, most first. */
export async function regionsToSort(db: Db): Promise<{ region: RegionCode; reports: number }[]> {
  const rows = await db
    .select({ region: posts.region, reports: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(keyPointPosts, eq(keyPointPosts.postId, posts.id))
    .where(
      and(publicPost(), mayReportBarrier(), isNotNull(posts.region), isNull(keyPointPosts.postId)),
    )
    .groupBy(posts.region);
  return rows
    .flatMap(({ region, reports }) => (region ? [{ region, reports }] : []))
    .sort((a, b) => b.reports - a.reports || (a.region < b.region ? -1 : 1));
}

/**
 * Returns the reports of a region that are in no key point, those that most people face first, each
 * with the key points and reports that it is most likely the same as.
 */
export async function unsortedReports(
  db: Db,
  ranker: Ranker,
  region: RegionCode,
): Promise<Unsorted[]> {
  const rows = await db
    .select({ id: posts.id, text: posts.body, authorId: posts.authorId })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(keyPointPosts, eq(keyPointPosts.postId, posts.id))
    .where(
      and(publicPost(), mayReportBarrier(), postInRegion(region), isNull(keyPointPosts.postId)),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(READ);
  const found = await publicPostsOf(
    db,
    rows.map(({ id }) => id),
  );
  const textOf = new Map(rows.map(({ id, text }) => [id, text]));
  const ofPoints = await keyPointCandidates(db, region);
  const ofPosts = found.map((post) => ({
    region,
    kinds: post.barriers,
    texts: [{ text: textOf.get(post.id) ?? '', language: post.language }],
    post,
  }));
  const worth = (post: PostInThread) => post.meToos.people;
  const shown = found
    .toSorted((a, b) => worth(b) - worth(a) || b.barriers.length - a.barriers.length)
    .slice(0, SHOWN);
  const unsorted: Unsorted[] = [];
  for (const post of shown) {
    const said = { text: textOf.get(post.id) ?? '', language: post.language };
    const likeliest = await ranker.kinds(said, OFFERED);
    // Nobody reports the same barrier twice.
    const others = ofPosts.filter((other) => other.post.author.id !== post.author.id);
    const report = { ...said, region, kinds: post.barriers };
    const candidates: Candidate[] = [...ofPoints, ...others];
    const mates = await ranker.mates(report, candidates, OFFERED);
    // Many alike reports must not crowd out the key point that they belong to.
    if (ofPoints.length > 0 && !mates.some((mate) => 'keyPoint' in mate)) {
      mates.splice(OFFERED - 1, 1, ...(await ranker.mates<Candidate>(report, ofPoints, 1)));
    }
    unsorted.push({
      post,
      mates,
      kinds: post.barriers.length > 0 ? post.barriers : likeliest.kinds,
      noBarrier: post.barriers.length === 0 && likeliest.noBarrier,
    });
  }
  return unsorted;
}

/** What a moderator says of a report. */
export type Sorting = { postId: string } & (
  | { say: 'same'; keyPointId: string }
  | { say: 'same-as'; otherId: string; kind: BarrierKind }
  | { say: 'new'; kind: BarrierKind }
  | { say: 'none' }
);

/**
 * Reads a choice of the desk: `point:ID`, `post:ID`, `new` or `none`; null if nothing is chosen.
 */
export function readSorting(postId: string, choice: string, kind: string): Sorting | null {
  const [say, id = ''] = choice.split(':');
  if (say === 'none') return { postId, say: 'none' };
  if (say === 'point') return { postId, say: 'same', keyPointId: id };
  if (!isBarrierKind(kind)) return null;
  if (say === 'new') return { postId, say: 'new', kind };
  if (say === 'post') return { postId, say: 'same-as', otherId: id, kind };
  return null;
}

/**
 * Carries out what a moderator says of several reports, each as an act of its own. Returns the
 * number of those that are not possible any more, because somebody else was faster.
 */
export function sortReports(
  { db, clock }: AppContext,
  moderatorId: string,
  region: RegionCode,
  sortings: readonly Sorting[],
): Promise<number> {
  return db.write(async (tx) => {
    let failed = 0;
    for (const sorting of sortings) {
      try {
        await sortReport(tx, { clock }, moderatorId, region, sorting);
      } catch (error) {
        // Thrown before anything is written.
        if (!(error instanceof DomainError)) throw error;
        failed += 1;
      }
    }
    return failed;
  });
}

async function sortReport(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  moderatorId: string,
  region: RegionCode,
  sorting: Sorting,
): Promise<void> {
  const { postId } = sorting;
  if (sorting.say === 'none') return sayNotBarrier(tx, clock, moderatorId, postId);
  if (sorting.say === 'same') {
    const { keyPointId } = sorting;
    return addPosts(tx, clock, moderatorId, { keyPointId, postIds: [postId] });
  }
  const ids = sorting.say === 'same-as' ? [postId, sorting.otherId] : [postId];
  // The other report may have been put into a key point meanwhile, also by this very form.
  const [known] = await tx
    .select({ keyPointId: keyPointPosts.keyPointId })
    .from(keyPointPosts)
    .where(inArray(keyPointPosts.postId, ids));
  if (known && sorting.say === 'same-as') {
    const { keyPointId } = known;
    return addPosts(tx, clock, moderatorId, { keyPointId, postIds: ids });
  }
  await makeKeyPoint(tx, clock, moderatorId, { kind: sorting.kind, region, postIds: ids });
}
