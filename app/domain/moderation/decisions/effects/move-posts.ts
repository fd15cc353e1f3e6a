import { and, eq, inArray, lte } from 'drizzle-orm';
import { setThreadPillars } from '~/domain/forum/posts/stored-details';
import { freeSlug, slugOf } from '~/domain/forum/threads/slug';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { posts, threadPillars, threads, threadWatches } from '~db/schema';
import type { Effect, EffectArgs, UndoArgs, Undone } from './effect';
import { type Position, positionsIn, rerootSubtree, subtreeOf, updatePositions } from './positions';
import { namedPost, namedThread } from './references';
import { threadOf } from './threads';

/** Returns the post to be moved; an opening post cannot be moved. */
function movable({ subject: { post } }: EffectArgs) {
  if (!post || post.isOpening) throw new DomainError('refused', 'moderation.error.notPossible');
  return post;
}

/** Moves a post with all its replies to another thread, as a contribution. */
export async function movePost(args: EffectArgs): Promise<Effect> {
  const { tx, app, details } = args;
  const post = movable(args);
  const target = await namedThread(tx, details.to);
  if (target.id === post.threadId) {
    throw new DomainError('refused', 'moderation.error.sameThread', { field: 'to' });
  }
  const before = await subtreeOf(tx, post);
  await updatePositions(tx, app.clock, rerootSubtree(before, target.id, 'contribution'));
  return { change: { before: before.map(placeOnly), to: target.id } };
}

/** Creates a new thread from a post with all its replies. */
export async function splitThread(args: EffectArgs): Promise<Effect> {
  const { tx, app, details, subject } = args;
  const post = movable(args);
  if (post.state !== 'visible') throw new DomainError('refused', 'moderation.error.notPossible');
  const { title } = details;
  if (!title) throw new DomainError('invalid', 'conversation.error.titleShort', { field: 'title' });
  const id = newId(app.clock.now());
  await tx.insert(threads).values({
    id,
    slug: await freeSlug(tx, slugOf(title)),
    title,
    state: 'open',
    language: post.language,
    authorId: post.authorId,
    createdAt: post.createdAt,
    activeAt: post.createdAt,
  });
  const origin = subject.thread?.id ?? post.threadId;
  const filed = await tx.select().from(threadPillars).where(eq(threadPillars.threadId, origin));
  const pillars = filed.map(({ pillar }) => pillar);
  await setThreadPillars(tx, id, pillars);
  const before = await subtreeOf(tx, post);
  await updatePositions(tx, app.clock, rerootSubtree(before, id, 'opening'));
  return { change: { before: before.map(placeOnly), to: id } };
}

/** Moves all posts of a thread to another; its URL redirects there from then on. */
export async function mergeThread(args: EffectArgs): Promise<Effect> {
  const { tx, app, details } = args;
  const thread = threadOf(args);
  const target = await namedThread(tx, details.to);
  if (target.id === thread.id) {
    throw new DomainError('refused', 'moderation.error.sameThread', { field: 'to' });
  }
  if (thread.questionNumber !== null) {
    throw new DomainError('refused', 'moderation.error.notPossible');
  }
  const before = await positionsIn(tx, thread.id);
  const moved = before.map((place) => ({ ...place, threadId: target.id, isOpening: false }));
  await updatePositions(tx, app.clock, moved);
  await tx
    .update(threads)
    .set({ state: 'hidden', mergedInto: target.id })
    .where(eq(threads.id, thread.id));
  const watchers = await shareWatches(tx, app.clock.now(), thread.id, target.id);
  return {
    change: { before: before.map(placeOnly), to: target.id, state: thread.state, watchers },
  };
}

/** People who watched the merged thread now watch the one that its posts were moved to. */
async function shareWatches(tx: Db, now: number, from: string, to: string): Promise<string[]> {
  const added: string[] = [];
  const watches = await tx.select().from(threadWatches).where(eq(threadWatches.threadId, from));
  for (const { userId, state } of watches) {
    const [row] = await tx
      .insert(threadWatches)
      .values({ userId, threadId: to, state, createdAt: now })
      .onConflictDoNothing()
      .returning({ userId: threadWatches.userId });
    if (row) added.push(row.userId);
  }
  return added;
}

/** The former positions of moved posts, stored with the decision. */
interface Moved {
  before: Position[];
  to: string;
  state?: typeof threads.$inferSelect.state;
  /** People who watch the thread only because of the merge, unless they changed that. */
  watchers?: string[];
}

export async function moveBack({ tx, app, subject, change }: UndoArgs): Promise<Undone | null> {
  const { post } = subject;
  // Earlier versions stored no positions when a move was undone.
  if (!post || post.threadId !== change.to || !change.before) return null;
  const before = await subtreeOf(tx, post);
  await movePlacesBack(tx, app.clock, change as unknown as Moved);
  return {
    action: 'move',
    effect: { change: { before: before.map(placeOnly), to: subject.thread?.id } },
  };
}

export async function unsplit({ tx, app, subject, change }: UndoArgs): Promise<Undone | null> {
  if (subject.post?.threadId !== change.to) return null;
  await movePlacesBack(tx, app.clock, change as unknown as Moved, 'thread');
  return { action: 'unsplit', effect: {} };
}

async function unshareWatches(tx: Db, now: number, { to, watchers = [] }: Moved): Promise<void> {
  await tx
    .delete(threadWatches)
    .where(
      and(
        eq(threadWatches.threadId, to),
        inArray(threadWatches.userId, watchers),
        lte(threadWatches.createdAt, now),
      ),
    );
}

/** Splits a merged thread from the other again. */
export async function unmerge({
  tx,
  app,
  subject,
  decision,
  change,
}: UndoArgs): Promise<Undone | null> {
  const { thread } = subject;
  if (!thread || thread.mergedInto !== change.to) return null;
  const moved = change as unknown as Moved;
  await tx
    .update(threads)
    .set({ state: moved.state ?? 'open', mergedInto: null })
    .where(eq(threads.id, thread.id));
  await movePlacesBack(tx, app.clock, moved);
  await unshareWatches(tx, decision.createdAt, moved);
  return { action: 'unmerge', effect: {} };
}

export async function unduplicate({
  tx,
  subject: { post },
  change,
}: UndoArgs): Promise<Undone | null> {
  if (!post?.duplicateOf) return null;
  const duplicateOf = (change.before as string | null | undefined) ?? null;
  await tx.update(posts).set({ duplicateOf }).where(eq(posts.id, post.id));
  return { action: 'unduplicate', effect: { change: { before: post.duplicateOf } } };
}

/** Marks a post again as the duplicate that it was. */
export async function markAgain({
  tx,
  subject: { post },
  change,
}: UndoArgs): Promise<Undone | null> {
  if (!post || post.duplicateOf !== null || !change.before) return null;
  const duplicateOf = String(change.before);
  await tx.update(posts).set({ duplicateOf }).where(eq(posts.id, post.id));
  return { action: 'duplicate', effect: { change: { before: null, after: duplicateOf } } };
}

/** Moves posts back; a thread that was created for them then redirects there. */
async function movePlacesBack(
  tx: Db,
  clock: Clock,
  { before, to }: Moved,
  made: 'thread' | 'nothing' = 'nothing',
): Promise<void> {
  await updatePositions(tx, clock, before);
  const origin = before[0]?.threadId;
  if (made !== 'thread' || !origin) return;
  // Posts added since remain: under the contribution that they came from.
  const top = before[0] as Position;
  const added = await positionsIn(tx, to);
  const parentId = top.parentId ?? top.id;
  const under = { threadId: origin, parentId, replyToId: top.id, isOpening: false };
  await updatePositions(
    tx,
    clock,
    added.map(({ id }) => ({ id, ...under })),
  );
  await tx.update(threads).set({ state: 'hidden', mergedInto: origin }).where(eq(threads.id, to));
}

/** Marks a post as reporting the same barrier as an earlier one. */
export async function markDuplicate(args: EffectArgs): Promise<Effect> {
  const { tx, details } = args;
  const post = movable(args);
  const first = await namedPost(tx, details.to);
  if (first.id === post.id || first.duplicateOf === post.id) {
    throw new DomainError('refused', 'moderation.error.samePost', { field: 'to' });
  }
  const duplicateOf = first.duplicateOf ?? first.id;
  await tx.update(posts).set({ duplicateOf }).where(eq(posts.id, post.id));
  return { change: { before: post.duplicateOf, after: duplicateOf } };
}

export async function unmarkDuplicate(args: EffectArgs): Promise<Effect> {
  const post = movable(args);
  await args.tx.update(posts).set({ duplicateOf: null }).where(eq(posts.id, post.id));
  return { change: { before: post.duplicateOf } };
}

function placeOnly({ id, threadId, parentId, replyToId, isOpening }: Position): Position {
  return { id, threadId, parentId, replyToId, isOpening };
}
