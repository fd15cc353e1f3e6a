import { and, asc, eq, inArray, isNotNull, ne, or } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { announce } from '~/domain/publishing/post-events';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { posts } from '~db/schema';

/** The position of a post: its thread, its contribution, and the post it replies to. */
export interface Position {
  id: string;
  threadId: string;
  parentId: string | null;
  replyToId: string | null;
  isOpening: boolean;
}

const columns = {
  id: posts.id,
  threadId: posts.threadId,
  parentId: posts.parentId,
  replyToId: posts.replyToId,
  isOpening: posts.isOpening,
};

/** Returns the positions of all posts in a thread, oldest first. */
export async function positionsIn(db: Db, threadId: string): Promise<Position[]> {
  return db
    .select(columns)
    .from(postsInAnyState)
    .where(eq(posts.threadId, threadId))
    .orderBy(asc(posts.createdAt), asc(posts.id));
}

/** Returns a post and all direct and indirect replies to it, oldest first. */
export async function subtreeOf(db: Db, post: Position): Promise<Position[]> {
  const near = await db
    .select(columns)
    .from(postsInAnyState)
    .where(eq(posts.parentId, post.parentId ?? post.id))
    .orderBy(asc(posts.createdAt), asc(posts.id));
  if (post.parentId === null) return [post, ...near];
  const inside = new Set([post.id]);
  // A reply is never older than the post it answers, so one pass is enough.
  for (const { id, replyToId } of near) if (replyToId && inside.has(replyToId)) inside.add(id);
  return [post, ...near.filter(({ id }) => id !== post.id && inside.has(id))];
}

/**
 * Returns the positions after the first post becomes a contribution or an opening post: replies to
 * it are then placed under it, or become contributions.
 */
export function rerootSubtree(
  branch: readonly Position[],
  threadId: string,
  as: 'contribution' | 'opening',
): Position[] {
  const [top, ...answers] = branch;
  if (!top) return [];
  const parents = new Map<string, string>();
  const planted: Position[] = [
    { ...top, threadId, parentId: null, replyToId: null, isOpening: as === 'opening' },
  ];
  for (const answer of answers) {
    if (as === 'contribution') {
      planted.push({ ...answer, threadId, parentId: top.id });
      continue;
    }
    const answered = answer.replyToId;
    const parentId = answered && answered !== top.id ? (parents.get(answered) ?? answered) : null;
    parents.set(answer.id, parentId ?? answer.id);
    const replyToId = parentId ? answered : null;
    planted.push({ ...answer, threadId, parentId, replyToId });
  }
  return planted;
}

/** Stores new positions, and those of the posts under them. */
export async function updatePositions(
  tx: Db,
  clock: Clock,
  positions: readonly Position[],
): Promise<void> {
  const byId = new Map(positions.map((position) => [position.id, position]));
  const ids = [...byId.keys()];
  if (ids.length === 0) return;
  const before = await tx
    .select({ id: posts.id, threadId: posts.threadId, state: posts.state })
    .from(postsInAnyState)
    .where(inArray(posts.id, ids));
  for (const { id, ...position } of positions) {
    await tx.update(posts).set(position).where(eq(posts.id, id));
  }
  await moveLateReplies(tx, ids);
  const moved = before.map(({ id, threadId, state }) => ({
    id,
    threadId: byId.get(id)?.threadId ?? threadId,
    state,
    before: { threadId },
  }));
  await announce(tx, clock, 'moved', moved);
}

/** Replies written meanwhile to moved posts are moved too, one level deep. */
async function moveLateReplies(tx: Db, ids: readonly string[]): Promise<void> {
  const parent = alias(postsInAnyState, 'parent');
  const astray = await tx
    .select({ id: posts.id, threadId: parent.threadId, under: parent.parentId, parent: parent.id })
    .from(postsInAnyState)
    .innerJoin(parent, eq(parent.id, posts.parentId))
    .where(
      and(
        inArray(posts.parentId, [...ids]),
        or(ne(parent.threadId, posts.threadId), isNotNull(parent.parentId)),
      ),
    );
  for (const { id, threadId, under, parent } of astray) {
    await tx
      .update(posts)
      .set({ threadId, parentId: under ?? parent })
      .where(eq(posts.id, id));
  }
}
