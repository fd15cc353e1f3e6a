import { and, eq, inArray } from 'drizzle-orm';
import { type KeyPoint, keyPointsOf } from '~/domain/barriers/key-points/key-points';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { inBatches } from '~/platform/batches';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { keyPointPosts, postPillars } from '~db/schema';
import { type DigestKey, pillarOf, scopeOf } from './digest-key';
import type { Period } from './period';

/** A key point with what was said of it in a period. */
export interface KeyPointFinding {
  id: string;
  kind: BarrierKind;
  /** Titles and sentences that a person accepted, at least one. */
  texts: { language: string; title: string; sentence: string; source?: string }[];
  /** Distinct people: those who reported it in the period, and those who only face it too. */
  people: number;
  reported: number;
  meToo: number;
  /** Where the reports come from, the most people first: countries, or else regions. */
  places: string[];
  /** When it was first reported, UTC milliseconds, and in which post. */
  since: number;
  firstPostId: string;
  /**
   * How many people said so of it until the period was over, and how many of them in the period; 0
   * in a digest of a part of its region, or of a pillar.
   */
  notHere: number;
  newNotHere: number;
  noLonger: number;
  newNoLonger: number;
  /** Its reports of the period, oldest first. */
  ids: string[];
}

/**
 * The key points that people of a topic reported in a period, most people first. Only those with a
 * title that a person accepted: no other can be named.
 */
export async function readKeyPoints(
  db: Db,
  topic: DigestKey,
  period: Period,
): Promise<KeyPointFinding[]> {
  const points = await keyPointsOf(db, { scope: scopeOf(topic), period });
  const pillar = pillarOf(topic);
  const about = pillar === null ? null : await postsAbout(db, pillar, points);
  return points
    .flatMap((point) => toFinding(point, about))
    .sort((a, b) => b.people - a.people || b.reported - a.reported || a.since - b.since);
}

function toFinding(point: KeyPoint, about: Set<string> | null): KeyPointFinding[] {
  const texts = Object.values(point.texts).filter(({ proposed }) => !proposed);
  const reports = point.posts.filter(({ id }) => !about || about.has(id));
  if (texts.length === 0 || reports.length === 0) return [];
  const reported = new Set(reports.map(({ authorId }) => authorId)).size;
  // Stances are about the whole key point: in a part of its region they would be a breakdown by
  // place, and of a pillar nobody takes one.
  const told = !about && point.people.facing !== null;
  const none = { notHere: 0, noLonger: 0 };
  const { notHere, noLonger } = told ? point.stances : none;
  const recent = told ? point.newStances : none;
  const meToo = told ? (point.people.facing ?? 0) : 0;
  return [
    {
      id: point.id,
      kind: point.kind,
      texts: texts
        .map(({ language, title, sentence, sourcePostId }) => ({
          ...{ language, title, sentence },
          ...(sourcePostId && { source: sourcePostId }),
        }))
        .sort((a, b) => (a.language < b.language ? -1 : 1)),
      people: reported + meToo,
      reported,
      meToo,
      places: placesOf(reports),
      since: point.since,
      firstPostId: point.firstPostId,
      notHere,
      newNotHere: recent.notHere,
      noLonger,
      newNoLonger: recent.noLonger,
      ids: idsOf(reports),
    },
  ];
}

async function postsAbout(
  db: Db,
  pillar: string,
  points: readonly KeyPoint[],
): Promise<Set<string>> {
  const rows = await inBatches(
    points.flatMap(({ posts }) => idsOf(posts)),
    (ids) =>
      db
        .select({ id: postPillars.postId })
        .from(postPillars)
        .where(and(eq(postPillars.pillar, pillar), inArray(postPillars.postId, ids))),
  );
  return new Set(idsOf(rows));
}

/** The ids of the posts that stand in a key point, whatever their state. */
export async function postsOfKeyPoint(db: Db, id: string): Promise<string[]> {
  const rows = await db
    .select({ postId: keyPointPosts.postId })
    .from(keyPointPosts)
    .where(eq(keyPointPosts.keyPointId, id));
  return rows.map(({ postId }) => postId);
}

function placesOf(reports: KeyPoint['posts']): string[] {
  const authors = new Map<string, Set<string>>();
  for (const { country, region, authorId } of reports) {
    const place = country ?? region;
    if (place) authors.set(place, (authors.get(place) ?? new Set()).add(authorId));
  }
  return [...authors]
    .sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1))
    .map(([place]) => place);
}
