import { and, eq, inArray } from 'drizzle-orm';
import type { NamedBy } from '~/domain/forum/posts/stored-details';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import {
  keyPointPosts,
  keyPoints,
  keyPointTexts,
  postBarriers,
  posts,
  sameBarrierProposals,
} from '~db/schema';

/**
 * The rows that an act on key points changes, as they were before it or are after it; null where
 * there is no row. Ids of posts and key points never contain a slash.
 */
export interface KeyPointState {
  /** By post: the key point that it is in. */
  posts?: Record<string, Membership | null>;
  /** By `POST/KIND`: who named the kind of barrier. */
  kinds?: Record<string, NamedBy | null>;
  /** By post: who said that it reports no barrier, and when. */
  notBarrier?: Record<string, { by: 'author' | 'moderator'; at: number | null } | null>;
  /** By post: the post that its author says is about the same barrier, and when. */
  same?: Record<string, { otherId: string; createdAt: number } | null>;
  /** By `KEY POINT/LANGUAGE`. */
  texts?: Record<string, StoredText | null>;
  /** By key point; these rows are always there. */
  points?: Record<string, { kind: string; mergedIntoId: string | null }>;
}

export type Membership = Omit<typeof keyPointPosts.$inferSelect, 'postId'>;
export type StoredText = Omit<typeof keyPointTexts.$inferSelect, 'keyPointId' | 'language'>;

/** Reads as they are now the rows that a state names. */
export async function readState(db: Db, named: KeyPointState): Promise<KeyPointState> {
  const state: KeyPointState = {};
  if (named.posts) {
    const ids = Object.keys(named.posts);
    const rows = await db.select().from(keyPointPosts).where(inArray(keyPointPosts.postId, ids));
    state.posts = byKey(ids, rows, ({ postId, ...row }) => [postId, row]);
  }
  if (named.kinds) {
    const keys = Object.keys(named.kinds);
    const ids = keys.map((key) => split(key)[0]);
    const rows = await db.select().from(postBarriers).where(inArray(postBarriers.postId, ids));
    state.kinds = byKey(keys, rows, ({ postId, kind, ...by }) => [`${postId}/${kind}`, by]);
  }
  if (named.notBarrier) {
    const ids = Object.keys(named.notBarrier);
    const rows = await db
      .select({ id: posts.id, by: posts.notBarrier, at: posts.notBarrierAt })
      .from(postsInAnyState)
      .where(inArray(posts.id, ids));
    state.notBarrier = byKey(ids, rows, ({ id, by, at }) => [id, by && { by, at }]);
  }
  if (named.same) {
    const ids = Object.keys(named.same);
    const rows = await db
      .select()
      .from(sameBarrierProposals)
      .where(inArray(sameBarrierProposals.postId, ids));
    state.same = byKey(ids, rows, ({ postId, ...row }) => [postId, row]);
  }
  if (named.texts) {
    const keys = Object.keys(named.texts);
    const ids = keys.map((key) => split(key)[0]);
    const rows = await db
      .select()
      .from(keyPointTexts)
      .where(inArray(keyPointTexts.keyPointId, ids));
    state.texts = byKey(keys, rows, ({ keyPointId, language, ...text }) => [
      `${keyPointId}/${language}`,
      text,
    ]);
  }
  if (named.points) {
    const ids = Object.keys(named.points);
    const rows = await db.select().from(keyPoints).where(inArray(keyPoints.id, ids));
    state.points = Object.fromEntries(
      rows.map(({ id, kind, mergedIntoId }) => [id, { kind, mergedIntoId }]),
    );
  }
  return state;
}

/** Makes the rows that a state names what the state says they are. */
export async function putState(tx: Db, state: KeyPointState): Promise<void> {
  for (const [postId, row] of Object.entries(state.posts ?? {})) {
    await tx.delete(keyPointPosts).where(eq(keyPointPosts.postId, postId));
    if (row) await tx.insert(keyPointPosts).values({ postId, ...row });
  }
  for (const [key, by] of Object.entries(state.kinds ?? {})) {
    const [postId, kind] = split(key);
    const own = and(eq(postBarriers.postId, postId), eq(postBarriers.kind, kind));
    await tx.delete(postBarriers).where(own);
    if (by) await tx.insert(postBarriers).values({ postId, kind, ...by });
  }
  for (const [id, said] of Object.entries(state.notBarrier ?? {})) {
    const values = { notBarrier: said?.by ?? null, notBarrierAt: said?.at ?? null };
    await tx.update(posts).set(values).where(eq(posts.id, id));
  }
  for (const [postId, row] of Object.entries(state.same ?? {})) {
    await tx.delete(sameBarrierProposals).where(eq(sameBarrierProposals.postId, postId));
    if (row) await tx.insert(sameBarrierProposals).values({ postId, ...row });
  }
  for (const [key, row] of Object.entries(state.texts ?? {})) {
    const [keyPointId, language] = split(key);
    const own = and(eq(keyPointTexts.keyPointId, keyPointId), eq(keyPointTexts.language, language));
    await tx.delete(keyPointTexts).where(own);
    if (row) await tx.insert(keyPointTexts).values({ keyPointId, language, ...row });
  }
  for (const [id, values] of Object.entries(state.points ?? {})) {
    await tx.update(keyPoints).set(values).where(eq(keyPoints.id, id));
  }
}

function byKey<Row, Value>(
  keys: readonly string[],
  rows: readonly Row[],
  entryOf: (row: Row) => [string, Value | null],
): Record<string, Value | null> {
  const found = new Map(rows.map(entryOf));
  return Object.fromEntries(keys.map((key) => [key, found.get(key) ?? null]));
}

function split(key: string): [string, string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}
