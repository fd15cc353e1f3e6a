import { and, eq, inArray } from 'drizzle-orm';
import { regionsWithin } from '~/domain/forum/posts/post-place';
import { type PostInThread, publicPostsOf } from '~/domain/forum/posts/posts';
import { postsInAnyState, publicPost } from '~/domain/forum/visibility';
import type { NarrowTag } from '~db/cache-tags';
import type { Db } from '~db/client';
import { barrierGroupPosts, barrierGroups, meToos, posts, threads } from '~db/schema';
import { narrowReads, ofThread } from '~db/tracked-reads';
import type { Figure } from './figures';

/** The public data of a barrier that several people reported. */
export interface GroupSummary {
  id: string;
  /** UN M49. */
  region: string;
  /**
   * Number of distinct people who reported it or said "I face this too"; null if too small to be
   * public.
   */
  people: Figure;
  /** Number of countries they reported from; null if too few people. */
  countries: Figure;
  /** Ids of the public contributions, oldest first. */
  postIds: string[];
}

/** Minimum number of contributions in a group. */
const FEWEST = 2;

/**
 * Returns the groups of posts by post id; posts without a group have no entry. Pass `threadId` if
 * all posts are in one thread: a stored page then depends only on the groups of that thread.
 */
export async function groupsOf(
  db: Db,
  postIds: readonly string[],
  least: number,
  threadId?: string,
): Promise<Map<string, GroupSummary>> {
  if (postIds.length === 0) return new Map();
  const memberships = () =>
    db
      .select({ groupId: barrierGroupPosts.groupId })
      .from(barrierGroupPosts)
      .where(inArray(barrierGroupPosts.postId, [...postIds]));
  const rows = await narrowReads(threadId ? ofThread(threadId) : [], memberships);
  const ids = [...new Set(rows.map(({ groupId }) => groupId))];
  if (ids.length === 0) return new Map();
  const narrow = threadId ? await tagsOfGroups(db, ids) : [];
  const groups = await narrowReads(narrow, () => readGroups(db, ids, least));
  return new Map(
    groups.flatMap((group) =>
      group.postIds.filter((id) => postIds.includes(id)).map((id) => [id, group] as const),
    ),
  );
}

/** Returns the tags of everything a group shows: its members, and the threads of their posts. */
async function tagsOfGroups(db: Db, ids: readonly string[]): Promise<NarrowTag[]> {
  const groups = ids.map((id) => `group:${id}` as const);
  const around = await narrowReads(groups, () =>
    db
      .selectDistinct({ id: posts.threadId })
      .from(barrierGroupPosts)
      .innerJoin(postsInAnyState, eq(posts.id, barrierGroupPosts.postId))
      .where(inArray(barrierGroupPosts.groupId, [...ids])),
  );
  return [...groups, ...around.flatMap(({ id }) => ofThread(id))];
}

/** Returns the groups of a region and of the regions in it, those with most people first. */
export async function groupsIn(
  db: Db,
  region: string | null,
  least: number,
  most: number,
): Promise<GroupSummary[]> {
  const rows = await db
    .select({ id: barrierGroups.id })
    .from(barrierGroups)
    .where(region ? inArray(barrierGroups.region, regionsWithin(region)) : undefined);
  const groups = await readGroups(
    db,
    rows.map(({ id }) => id),
    least,
  );
  return groups.slice(0, most);
}

/** Returns a group with its public contributions; null if fewer than two are left. */
export async function findGroup(
  db: Db,
  id: string,
  least: number,
): Promise<{ group: GroupSummary; contributions: PostInThread[] } | null> {
  const [group] = await readGroups(db, [id], least);
  if (!group) return null;
  return { group, contributions: await publicPostsOf(db, group.postIds) };
}

async function readGroups(db: Db, ids: readonly string[], least: number): Promise<GroupSummary[]> {
  if (ids.length === 0) return [];
  const members = await db
    .select({
      id: barrierGroups.id,
      region: barrierGroups.region,
      postId: posts.id,
      authorId: posts.authorId,
      country: posts.country,
      createdAt: posts.createdAt,
    })
    .from(barrierGroups)
    .innerJoin(barrierGroupPosts, eq(barrierGroupPosts.groupId, barrierGroups.id))
    .innerJoin(posts, eq(posts.id, barrierGroupPosts.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inArray(barrierGroups.id, [...new Set(ids)]), publicPost()));
  const meTooRows = await db
    .select({
      postId: meToos.postId,
      userId: meToos.userId,
      country: meToos.country,
    })
    .from(meToos)
    .where(
      inArray(
        meToos.postId,
        members.map(({ postId }) => postId),
      ),
    );
  const groups = new Map<string, Member[]>();
  for (const member of members) groups.set(member.id, [...(groups.get(member.id) ?? []), member]);
  return [...groups.values()]
    .filter((own) => own.length >= FEWEST)
    .map((own) => summary(own, meTooRows, least))
    .sort((a, b) => (b.people ?? 0) - (a.people ?? 0) || (a.id < b.id ? 1 : -1));
}

interface Member {
  id: string;
  region: string;
  postId: string;
  authorId: string;
  country: string | null;
  createdAt: number;
}

function summary(
  own: readonly Member[],
  meTooRows: readonly { postId: string; userId: string; country: string | null }[],
  least: number,
): GroupSummary {
  const postIds = own
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.postId < b.postId ? -1 : 1))
    .map(({ postId }) => postId);
  const others = meTooRows.filter(({ postId }) => postIds.includes(postId));
  const authors = own.map(({ authorId }) => authorId);
  const people = new Set([...authors, ...others.map(({ userId }) => userId)]).size;
  const countries = new Set([...own, ...others].flatMap(({ country }) => country ?? [])).size;
  return {
    id: own[0]?.id ?? '',
    region: own[0]?.region ?? '',
    people: people < least ? null : people,
    countries: people < least ? null : countries,
    postIds,
  };
}
