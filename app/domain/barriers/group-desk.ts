import { and, count, desc, eq, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { postInRegion } from '~/domain/forum/posts/post-place';
import { type PostInThread, publicPostsOf } from '~/domain/forum/posts/posts';
import { publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import {
  barrierActs,
  barrierGroupPosts,
  barrierSetAside,
  postBarriers,
  posts,
  threads,
  users,
} from '~db/schema';
import { type Suggested, suggestionsFor } from './accept-suggestion';
import { regionOf } from './barrier-region';
import { type GroupSummary, groupsIn } from './grouped';
import { groupKey } from './grouping';
import { type GroupCandidate, proposeGroups } from './groups';
import { suggestBarriers } from './suggest';

/** Number of newest contributions of a region that are compared; the time grows with its square. */
const COMPARED = 150;
const GROUPS_SHOWN = 50;
const SUGGESTIONS_SHOWN = 20;
/** Number of posts checked for suggestions, because not every text has one. */
const SUGGESTIONS_READ = 100;

/** Contributions that seem to report the same barrier; `known` are already in a group. */
export interface Proposal {
  key: string;
  region: string;
  /** From 0; similarity of the weakest pair. */
  similarity: number;
  contributions: PostInThread[];
  known: string[];
}

export interface ConfirmedGroup extends GroupSummary {
  contributions: PostInThread[];
  /** The moderator who created the group, and when. */
  by: { handle: string; at: number } | null;
}

export interface SuggestedPost {
  post: PostInThread;
  suggested: Suggested;
}

export interface SetAside {
  key: string;
  contributions: PostInThread[];
  createdAt: number;
}

/** Returns the regions of contributions with their number, most first. */
export async function regionsWithReports(db: Db): Promise<{ region: string; n: number }[]> {
  const rows = await db
    .select({ region: posts.region, n: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(publicPost(), mayReportBarrier(), isNotNull(posts.region)))
    .groupBy(posts.region);
  return rows
    .flatMap(({ region, n }) => (region ? [{ region, n }] : []))
    .sort((a, b) => b.n - a.n || (a.region < b.region ? -1 : 1));
}

/**
 * Proposes groups of ungrouped contributions of a region (M49) that seem to report the same
 * barrier, most similar first. The newest 150 are compared; those whose text is about another
 * region are left out.
 */
export async function proposalsFor(db: Db, region: string): Promise<Proposal[]> {
  const rows = await db
    .select({
      id: posts.id,
      authorId: posts.authorId,
      text: posts.body,
      language: posts.language,
      country: posts.country,
      region: posts.region,
      groupId: barrierGroupPosts.groupId,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(barrierGroupPosts, eq(barrierGroupPosts.postId, posts.id))
    .where(and(publicPost(), mayReportBarrier(), postInRegion(region)))
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(COMPARED);
  const kinds = await db
    .select()
    .from(postBarriers)
    .where(
      inArray(
        postBarriers.postId,
        rows.map(({ id }) => id),
      ),
    );
  const candidates = rows.reverse().flatMap((row): GroupCandidate[] => {
    if (regionOf(row.text, row.country).elsewhere) return [];
    const ticked = kinds.flatMap(({ postId, kind }) => (postId === row.id ? kind : []));
    const suggestion = ticked.length > 0 ? null : suggestBarriers(row.text, row.language);
    if (suggestion && !suggestion.raises) return [];
    const read = suggestion?.kinds.map(({ kind }) => kind) ?? (ticked as GroupCandidate['kinds']);
    return [{ ...row, kinds: read ?? [] }];
  });
  const groupOf = new Map(rows.map(({ id, groupId }) => [id, groupId]));
  const aside = new Set(
    (await db.select({ key: barrierSetAside.key }).from(barrierSetAside)).map(({ key }) => key),
  );
  const wanted = proposeGroups(candidates)
    .map((one) => ({ ...one, key: groupKey(one.ids) }))
    .filter(({ key }) => !aside.has(key))
    .filter(({ ids }) => {
      const groups = new Set(ids.map((id) => groupOf.get(id) ?? null));
      // All in one group: nothing to propose. In two groups: a person has kept them apart.
      return groups.has(null) && groups.size <= 2;
    })
    .sort((a, b) => b.similarity - a.similarity);
  const found = await publicPostsOf(
    db,
    wanted.flatMap(({ ids }) => ids),
  );
  const byId = new Map(found.map((post) => [post.id, post]));
  return wanted.map(({ ids, key, region, similarity }) => ({
    key,
    region,
    similarity,
    contributions: ids.flatMap((id) => byId.get(id) ?? []),
    known: ids.filter((id) => groupOf.get(id)),
  }));
}

/** Returns the existing groups of a region, with the moderator who created each. */
export async function confirmedGroups(
  db: Db,
  region: string,
  least: number,
): Promise<ConfirmedGroup[]> {
  const groups = await groupsIn(db, region, least, GROUPS_SHOWN);
  const found = await publicPostsOf(
    db,
    groups.flatMap(({ postIds }) => postIds),
  );
  const byId = new Map(found.map((post) => [post.id, post]));
  const acts = await db
    .select({ subject: barrierActs.subject, at: barrierActs.createdAt, handle: users.handle })
    .from(barrierActs)
    .innerJoin(users, eq(users.id, barrierActs.personId))
    .where(
      and(
        eq(barrierActs.act, 'group'),
        inArray(
          barrierActs.subject,
          groups.map(({ id }) => id),
        ),
      ),
    );
  const actOf = new Map(acts.map(({ subject, ...by }) => [subject, by]));
  return groups.map((group) => ({
    ...group,
    contributions: group.postIds.flatMap((id) => byId.get(id) ?? []),
    by: actOf.get(group.id) ?? null,
  }));
}

/**
 * Returns the newest contributions without barrier kinds, with the kinds that their words suggest.
 */
export async function suggestedPosts(db: Db, region: string): Promise<SuggestedPost[]> {
  const rows = await db
    .select({ id: posts.id, aside: barrierSetAside.key })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(barrierSetAside, eq(barrierSetAside.key, sql`'kinds ' || ${posts.id}`))
    .where(
      and(
        publicPost(),
        mayReportBarrier(),
        or(postInRegion(region), isNull(posts.region)),
        notExists(
          db.select({ one: sql`1` }).from(postBarriers).where(eq(postBarriers.postId, posts.id)),
        ),
        isNull(barrierSetAside.key),
      ),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(SUGGESTIONS_READ);
  const found = await publicPostsOf(
    db,
    rows.map(({ id }) => id),
  );
  const suggestions = await suggestionsFor(db, found);
  return found
    .flatMap((post) => {
      const suggested = suggestions.get(post.id);
      return suggested ? [{ post, suggested }] : [];
    })
    .slice(0, SUGGESTIONS_SHOWN);
}

/** Returns the most recently dismissed proposals, which can be restored. */
export async function lastSetAside(db: Db): Promise<SetAside[]> {
  const rows = await db
    .select()
    .from(barrierSetAside)
    .orderBy(desc(barrierSetAside.createdAt), desc(barrierSetAside.key))
    .limit(SUGGESTIONS_SHOWN);
  const found = await publicPostsOf(
    db,
    rows.flatMap(({ postIds }) => postIds),
  );
  const byId = new Map(found.map((post) => [post.id, post]));
  return rows.map(({ key, postIds, createdAt }) => ({
    key,
    createdAt,
    contributions: postIds.flatMap((id) => byId.get(id) ?? []),
  }));
}
