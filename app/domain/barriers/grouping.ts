import { eq, inArray, max } from 'drizzle-orm';
import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import { publicPostsOf } from '~/domain/forum/posts/posts';
import { EVERYBODY, postsInAnyState } from '~/domain/forum/visibility';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { digestOf, newId } from '~/platform/ids';
import { isRegion } from '~/platform/places/places';
import type { Db } from '~db/client';
import { barrierActs, barrierGroupPosts, barrierGroups, barrierSetAside, posts } from '~db/schema';
import type { BarrierAct } from '~db/schema/evidence';

/*
 * Moderators' decisions that contributions report the same barrier or do not. Each act can be
 * undone by another; `barrier_acts` records who did it and when.
 */

/**
 * Groups contributions that report the same barrier in a region (M49), and returns the group's id.
 * If some are already in a group, the others join it; two groups are never merged.
 * @throws DomainError unless there are at least two, all public, and by different people.
 */
export async function confirmGroup(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  { postIds, region }: { postIds: readonly string[]; region: string },
): Promise<string> {
  const ids = [...new Set(postIds)];
  const found = await publicPostsOf(tx, ids, EVERYBODY);
  const authors = new Set(found.map(({ author }) => author.id));
  if (found.length < ids.length || found.some(({ isOpening }) => isOpening)) {
    throw new DomainError('refused', 'barriers.groups.error.gone');
  }
  if (authors.size < 2) throw new DomainError('refused', 'barriers.groups.error.one');
  if (!isRegion(region)) throw new DomainError('invalid', 'barriers.error.region');
  const known = await tx
    .select()
    .from(barrierGroupPosts)
    .where(inArray(barrierGroupPosts.postId, ids));
  const groupIds = new Set(known.map(({ groupId }) => groupId));
  if (groupIds.size > 1) throw new DomainError('refused', 'barriers.groups.error.two');
  const now = clock.now();
  const [existing] = groupIds;
  const groupId = existing ?? newId(now);
  if (!existing) await tx.insert(barrierGroups).values({ id: groupId, region, createdAt: now });
  const added = ids.filter((id) => !known.some(({ postId }) => postId === id));
  if (added.length === 0) return groupId;
  await tx.insert(barrierGroupPosts).values(added.map((postId) => ({ postId, groupId })));
  await record(tx, clock, moderatorId, existing ? 'join' : 'group', {
    subject: groupId,
    postIds: added,
  });
  return groupId;
}

/** Dissolves a group; does nothing if it no longer exists. */
export async function undoGroup(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  groupId: string,
): Promise<void> {
  const members = await tx
    .select({ postId: barrierGroupPosts.postId })
    .from(barrierGroupPosts)
    .where(eq(barrierGroupPosts.groupId, groupId));
  if (members.length === 0) return;
  await tx.delete(barrierGroupPosts).where(eq(barrierGroupPosts.groupId, groupId));
  await tx.delete(barrierGroups).where(eq(barrierGroups.id, groupId));
  const postIds = members.map(({ postId }) => postId);
  await record(tx, clock, moderatorId, 'undo', { subject: groupId, postIds });
}

/** Dismisses a proposal: exactly these contributions are not proposed again. */
export async function setGroupAside(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  postIds: readonly string[],
): Promise<void> {
  await setAside(tx, clock, moderatorId, groupKey(postIds), postIds);
}

export async function setAside(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  key: string,
  postIds: readonly string[],
): Promise<void> {
  const known = await tx
    .select()
    .from(postsInAnyState)
    .where(inArray(posts.id, [...postIds]));
  if (known.length === 0) throw new DomainError('refused', 'barriers.groups.error.gone');
  const createdAt = clock.now();
  const [row] = await tx
    .insert(barrierSetAside)
    .values({ key, postIds: [...postIds], createdAt })
    .onConflictDoNothing()
    .returning();
  if (row) await record(tx, clock, moderatorId, 'set-aside', { subject: key, postIds });
}

/** Restores a dismissed proposal. */
export async function proposeAgain(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  key: string,
): Promise<void> {
  const [row] = await tx.delete(barrierSetAside).where(eq(barrierSetAside.key, key)).returning();
  if (row) await record(tx, clock, moderatorId, 'propose', { subject: key, postIds: row.postIds });
}

/** Returns the key of a dismissed group proposal, independent of the order of the ids. */
export function groupKey(postIds: readonly string[]): string {
  return `group ${digestOf([...new Set(postIds)].sort().join(' '))}`;
}

/** Returns the key of dismissed suggestions for a post. */
export function kindsKey(postId: string): string {
  return `kinds ${postId}`;
}

interface Facts {
  /** The id of the group or post, or the key of the dismissed proposal. */
  subject: string;
  postIds: readonly string[];
  kinds?: readonly BarrierKind[];
  pillars?: readonly Pillar[];
}

/** Records who did what, and when. */
export async function record(
  tx: Db,
  clock: Clock,
  personId: string,
  act: BarrierAct,
  { subject, postIds, kinds = [], pillars = [] }: Facts,
): Promise<void> {
  const [last] = await tx
    .select({ at: max(barrierActs.createdAt) })
    .from(barrierActs)
    .where(eq(barrierActs.subject, subject));
  // Later than any other act on the same subject, so that the last one can be determined.
  const now = Math.max(clock.now(), (last?.at ?? 0) + 1);
  await tx.insert(barrierActs).values({
    id: newId(now),
    act,
    personId,
    subject,
    postIds: [...postIds],
    kinds: [...kinds],
    pillars: [...pillars],
    createdAt: now,
  });
}
