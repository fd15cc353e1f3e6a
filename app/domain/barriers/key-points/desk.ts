import { and, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import {
  mayBeMate,
  type PossibleMate,
  type Ranker,
} from '~/domain/barriers/ranking/likeliest-mates';
import { meTooCount } from '~/domain/barriers/similar-reports';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { postInRegion } from '~/domain/forum/posts/post-place';
import { type PostInThread, publicPostsOf } from '~/domain/forum/posts/posts';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import type { Locale } from '~/platform/i18n/locales';
import type { RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { keyPointPosts, keyPoints, posts, sameBarrierProposals, threads } from '~db/schema';
import { keyPointCandidates, type OfferedMate } from './asking';
import { addPosts, dismissSame, makeKeyPoint, sayNotBarrier } from './change';
import { keyPointsOfPosts } from './key-points';

/** Number of reports shown at once. */
const SHOWN = 20;
/** Number of unsorted reports of a region that are looked at, those that most people face. */
const READ = 150;
/** Number of candidates offered for each report. */
const OFFERED = 3;

/** A report that is in no key point yet. */
export interface Unsorted {
  post: PostInThread;
  /** Its author and who faces it too; for a proposal, at least those of the other report. */
  people: number;
  /** What its author says is the same barrier. */
  proposed: OfferedMate | null;
  /** Likeliest first. */
  mates: OfferedMate[];
  /** The kinds to offer for a new key point: those named, otherwise the likeliest. */
  kinds: BarrierKind[];
  /** True if the text more likely reports no barrier. */
  noBarrier: boolean;
}

type Candidate = PossibleMate & OfferedMate;

/** Returns the regions with key points, or with reports in none, and the number of these reports, most first. */
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
  const sorted = await db
    .selectDistinct({ region: keyPoints.region })
    .from(keyPoints)
    .where(isNull(keyPoints.mergedIntoId));
  const left = rows.flatMap(({ region, reports }) => (region ? [{ region, reports }] : []));
  const done = sorted.filter(({ region }) => !left.some((one) => one.region === region));
  return [...left, ...done.map(({ region }) => ({ region, reports: 0 }))].sort(
    (a, b) => b.reports - a.reports || (a.region < b.region ? -1 : 1),
  );
}

/**
 * Returns the reports of a region that are in no key point, those that most people face first, each
 * with the key points and reports that it is most likely the same as.
 */
export async function unsortedReports(
  db: Db,
  community: Community,
  ranker: Ranker,
  region: RegionCode,
): Promise<Unsorted[]> {
  const proposedFirst = sql`case when ${sameBarrierProposals.postId} is null then 1 else 0 end`;
  const rows = await db
    .select({ id: posts.id, text: posts.body, otherId: sameBarrierProposals.otherId })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(keyPointPosts, eq(keyPointPosts.postId, posts.id))
    .leftJoin(sameBarrierProposals, eq(sameBarrierProposals.postId, posts.id))
    .where(
      and(publicPost(), mayReportBarrier(), postInRegion(region), isNull(keyPointPosts.postId)),
    )
    .orderBy(proposedFirst, desc(meTooCount()), desc(posts.createdAt), desc(posts.id))
    .limit(READ);
  const found = await publicPostsOf(
    db,
    rows.map(({ id }) => id),
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const textOf = (post: PostInThread) => rowOf.get(post.id)?.text ?? '';
  const ofPoints = await keyPointCandidates(db, community, region, { unnamed: true });
  const ofPosts = found.flatMap((post) => {
    const { barriers: kinds, language } = post;
    const said = { text: textOf(post), language };
    return mayBeMate(said, { kinds, isReply: post.parentId !== null })
      ? [{ region, kinds, texts: [said], post }]
      : [];
  });
  const proposedBy = await readProposals(db, community, rows);
  const shown = found
    .map((post) => {
      const proposed = proposedBy.get(post.id) ?? null;
      return { post, proposed, people: Math.max(1 + post.meToos.people, peopleOf(proposed)) };
    })
    .sort(
      (a, b) =>
        b.people - a.people ||
        Number(b.proposed !== null) - Number(a.proposed !== null) ||
        b.post.barriers.length - a.post.barriers.length,
    )
    .slice(0, SHOWN);
  const unsorted: Unsorted[] = [];
  for (const one of shown) {
    const { post, proposed } = one;
    const said = { text: textOf(post), language: post.language };
    const likeliest = await ranker.kinds(said, OFFERED);
    // Nobody reports the same barrier twice; what the author proposes is shown above the others.
    const others = ofPosts.filter(
      (other) => other.post.author.id !== post.author.id && !isSame(proposed, other),
    );
    const points = ofPoints.filter((other) => !isSame(proposed, other));
    const report = { ...said, region, kinds: post.barriers };
    const mates = await ranker.mates<Candidate>(report, [...points, ...others], OFFERED);
    // Many alike reports must not crowd out the key point that they belong to.
    if (points.length > 0 && !mates.some((mate) => 'keyPoint' in mate)) {
      mates.splice(OFFERED - 1, 1, ...(await ranker.mates<Candidate>(report, points, 1)));
    }
    unsorted.push({
      ...one,
      mates,
      kinds: post.barriers.length > 0 ? post.barriers : likeliest.kinds,
      noBarrier: post.barriers.length === 0 && likeliest.noBarrier,
    });
  }
  return unsorted;
}

/** What authors say is the same as their posts: the other post, or the key point that it is in. */
async function readProposals(
  db: Db,
  community: Community,
  rows: readonly { id: string; otherId: string | null }[],
): Promise<Map<string, OfferedMate>> {
  const otherIds = [...new Set(rows.flatMap(({ otherId }) => otherId ?? []))];
  const points = await keyPointsOfPosts(db, community, otherIds);
  const others = await publicPostsOf(db, otherIds);
  return new Map(
    rows.flatMap(({ id, otherId }): [string, OfferedMate][] => {
      const keyPoint = otherId && points.get(otherId);
      if (keyPoint) return [[id, { keyPoint }]];
      const post = others.find((other) => other.id === otherId);
      return post && !post.notBarrier ? [[id, { post }]] : [];
    }),
  );
}

function peopleOf(mate: OfferedMate | null): number {
  if (!mate) return 0;
  if ('post' in mate) return 1 + mate.post.meToos.people;
  const { reported, facing } = mate.keyPoint.people;
  return reported + facing;
}

function isSame(a: OfferedMate | null, b: OfferedMate): boolean {
  if (!a) return false;
  if ('keyPoint' in a) return 'keyPoint' in b && a.keyPoint.id === b.keyPoint.id;
  return 'post' in b && a.post.id === b.post.id;
}

/** What a moderator says of a report. */
export type Sorting = { postId: string } & (
  | { say: 'same'; keyPointId: string }
  | { say: 'same-as'; otherId: string; kind: BarrierKind; title: string }
  | { say: 'new'; kind: BarrierKind; title: string }
  | { say: 'not-same' }
  | { say: 'none' }
);

/**
 * Reads a choice of the desk: `point:ID`, `post:ID`, `new`, `none`, or `not-same` of what its author
 * proposes; null if nothing is chosen. `kind` and `title` are those of a new key point.
 */
export function readSorting(
  postId: string,
  choice: string,
  { kind: named = '', title = '' }: { kind?: string | undefined; title?: string | undefined },
  community: Community,
): Sorting | null {
  const [say, id = ''] = choice.split(':');
  if (say === 'none' || say === 'not-same') return { postId, say };
  if (say === 'point') return { postId, say: 'same', keyPointId: id };
  const kind = community.resolve('barrier', named);
  if (!kind) return null;
  const made = { postId, kind, title: title.trim() };
  if (say === 'new') return { ...made, say };
  if (say === 'post') return { ...made, say: 'same-as', otherId: id };
  return null;
}

/**
 * Carries out what a moderator says of several reports, each as an act of its own. Returns the
 * number of those that are not possible any more, because somebody else was faster. `language` is
 * that of the titles.
 */
export function sortReports(
  { db, clock }: AppContext,
  moderatorId: string,
  { region, language }: { region: RegionCode; language: Locale },
  sortings: readonly Sorting[],
): Promise<number> {
  return db.write(async (tx) => {
    let failed = 0;
    for (const sorting of sortings) {
      try {
        await sortReport(tx, { clock }, moderatorId, { region, language }, sorting);
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
  { region, language }: { region: RegionCode; language: Locale },
  sorting: Sorting,
): Promise<void> {
  const { postId } = sorting;
  if (sorting.say === 'none') return sayNotBarrier(tx, clock, moderatorId, postId);
  if (sorting.say === 'not-same') return dismissSame(tx, clock, moderatorId, postId);
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
  const { kind, title } = sorting;
  const text = title ? { language, title, sentence: title } : undefined;
  await makeKeyPoint(tx, clock, moderatorId, { kind, region, postIds: ids, text });
}
