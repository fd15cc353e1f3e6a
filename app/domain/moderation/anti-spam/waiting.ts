import { and, desc, eq, gte, inArray, isNotNull, isNull } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { type Clock, DAY } from '~/platform/clock';
import type { Db } from '~db/client';
import { caseCauses, cases, posts, signals } from '~db/schema';
import type { SignalKind } from '~db/schema/prevention';

/** The sample for the usual waiting time: maximum number of cases, closed within this time. */
const CASES = 50;
const WITHIN = 60 * DAY;

/** With fewer cases no estimate is given. */
const LEAST = 3;

/** Returns how long a held post usually waits (ms): the median of late; null if too few. */
export async function usualWait(db: Db, clock: Clock): Promise<number | null> {
  const rows = await db
    .select({ openedAt: cases.openedAt, closedAt: cases.closedAt })
    .from(cases)
    .innerJoin(caseCauses, and(eq(caseCauses.caseId, cases.id), eq(caseCauses.cause, 'held')))
    .where(and(isNotNull(cases.closedAt), gte(cases.closedAt, clock.now() - WITHIN)))
    .orderBy(desc(cases.closedAt), desc(cases.id))
    .limit(CASES);
  const waits = rows.map(({ openedAt, closedAt }) => (closedAt ?? openedAt) - openedAt);
  return waits.length < LEAST ? null : median(waits);
}

/** Returns the median. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  if (sorted.length % 2 === 1) return upper;
  return ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Why a post is held: it is one of the author's first posts, or an automatic check matched. */
export type WaitReason = 'first' | Exclude<SignalKind, 'spam-check-failed'>;

/** Returns why posts are held, for their author: only of posts that were never public. */
export async function waitReasons(
  db: Db,
  postIds: readonly string[],
): Promise<Map<string, WaitReason>> {
  if (postIds.length === 0) return new Map();
  const held = await db
    .select({ id: posts.id })
    .from(postsInAnyState)
    .where(and(inArray(posts.id, [...postIds]), eq(posts.state, 'held'), isNull(posts.shownAt)));
  const reasons = new Map<string, WaitReason>(held.map(({ id }) => [id, 'first']));
  if (held.length === 0) return reasons;
  const noticed = await db
    .select({ postId: signals.postId, kind: signals.kind })
    .from(signals)
    .where(and(inArray(signals.postId, [...reasons.keys()]), eq(signals.effect, 'hold')));
  for (const { postId, kind } of noticed) {
    if (kind !== 'spam-check-failed') reasons.set(postId, kind);
  }
  return reasons;
}
