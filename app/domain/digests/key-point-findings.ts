import { and, eq, inArray, type SQL } from 'drizzle-orm';
import {
  type KeyPoint,
  keyPointsOf,
  reportersByPlace,
} from '~/domain/barriers/key-points/key-points';
import type { StanceTotals } from '~/domain/barriers/key-points/stance-counts';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { publicPost } from '~/domain/forum/visibility';
import { inBatches } from '~/platform/batches';
import type { Community } from '~/platform/community/community';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { keyPointPosts, posts, threads } from '~db/schema';
import { narrowing } from './contributions';
import { type DigestKey, scopeOf } from './digest-key';
import type { Period } from './period';

/** A key point with what was said of it in a period. */
export interface KeyPointFinding {
  id: string;
  kind: BarrierKind;
  /** Titles and sentences that a person accepted, at least one. */
  texts: { language: string; title: string; sentence: string; source?: string }[];
  /** Distinct people who reported it in the place and period. */
  people: number;
  /** Where the reports come from, the most people first: countries, or else regions. */
  places: string[];
  /** When it was first reported in the place, UTC milliseconds, and in which post. */
  since: number;
  firstPostId: string;
  /** How many people worldwide took each stance until the period was over. */
  stances: StanceTotals;
  /** How many of them in the period. */
  newStances: StanceTotals;
  /** Its reports of the period, oldest first. */
  ids: string[];
}

/**
 * The key points that people of a topic reported in a period, those of most people first. Only those
 * with a title that a person accepted: no other can be named.
 * @param byRegion the authors whose country is not told, see `told-by-region.ts`.
 */
export async function readKeyPoints(
  db: Db,
  community: Community,
  topic: DigestKey,
  period: Period,
  byRegion: readonly string[] = [],
): Promise<KeyPointFinding[]> {
  const points = await keyPointsOf(db, community, { scope: scopeOf(topic), period });
  const narrowed = narrowing(topic);
  const about = narrowed ? await postsAbout(db, narrowed, points) : null;
  return points
    .flatMap((point) => toFinding(point, about, byRegion))
    .sort((a, b) => b.people - a.people || a.since - b.since);
}

function toFinding(
  point: KeyPoint,
  about: Set<string> | null,
  byRegion: readonly string[],
): KeyPointFinding[] {
  const texts = Object.values(point.texts).filter(({ proposed }) => !proposed);
  const reports = point.posts
    .filter(({ id }) => !about || about.has(id))
    .map((post) => (byRegion.includes(post.authorId) ? { ...post, country: null } : post));
  if (texts.length === 0 || reports.length === 0) return [];
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
      people: new Set(reports.map(({ authorId }) => authorId)).size,
      places: reportersByPlace({ posts: reports }).map(([place]) => place),
      since: point.since,
      firstPostId: point.firstPostId,
      stances: point.stances,
      newStances: point.newStances,
      ids: idsOf(reports),
    },
  ];
}

/** Returns which posts of key points match a condition on posts and threads. */
async function postsAbout(
  db: Db,
  narrowed: SQL,
  points: readonly KeyPoint[],
): Promise<Set<string>> {
  const rows = await inBatches(
    points.flatMap(({ posts }) => idsOf(posts)),
    (ids) =>
      db
        .select({ id: posts.id })
        .from(posts)
        .innerJoin(threads, eq(threads.id, posts.threadId))
        .where(and(publicPost(), narrowed, inArray(posts.id, ids))),
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
