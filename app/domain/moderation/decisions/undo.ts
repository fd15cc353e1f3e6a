import { and, eq, isNull } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { type CaseSubject, matterOfDecision } from '~/domain/moderation/cases/case-subject';
import { requirePower } from '~/domain/moderation/permissions';
import { retitleThread } from '~/domain/publishing/retitle-thread';
import { setPostState } from '~/domain/publishing/set-post-state';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { appeals, decisions, posts, threads, users } from '~db/schema';
import type { DecisionAction } from '~db/schema/moderation';
import type { Effect } from './effects/effect';
import { type Moved, movePlacesBack, unmergeThread } from './effects/move-posts';
import { spamUnclean, stateBefore } from './effects/people';
import { setTags, type Tags } from './effects/retag';
import { record } from './record';

type Decision = typeof decisions.$inferSelect;

export interface Undoing {
  decisionId: string;
  note: string;
  privateNote?: string;
}

/**
 * Takes a decision back, in the caller's transaction; that is a decision too. An appeal against it
 * that still waits is granted by this. Gives the new decision's id.
 * @throws Refusal `missing`; `refused` where it was taken back already or things have moved on.
 */
export async function undo(
  tx: Db,
  app: AppContext,
  moderator: Person,
  { decisionId, note, privateNote = '' }: Undoing,
): Promise<string> {
  const { decision, matter } = await readDecision(tx, decisionId);
  await requirePower(tx, app.clock, moderator, matter.author);
  const { action, effect } = await takeBack(tx, app, decision, matter);
  const recorded = await record(tx, app, {
    matter,
    moderatorId: moderator.id,
    action,
    rule: null,
    note,
    privateNote,
    change: effect.change,
    undoesId: decision.id,
    appealId: (await openAppealAgainst(tx, decision.id)) ?? undefined,
  });
  await effect.after?.(recorded);
  return recorded.id;
}

/** A decision with what it was about. @throws Refusal `missing` */
export async function readDecision(
  db: Db,
  id: string,
): Promise<{ decision: Decision; matter: CaseSubject }> {
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, id));
  const matter = decision && (await matterOfDecision(db, decision));
  if (!decision || !matter) throw new DomainError('missing', 'site.problem.404.title');
  return { decision, matter };
}

/** The appeal against a decision that nobody has decided yet; null when there is none. */
export async function openAppealAgainst(db: Db, decisionId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: appeals.id })
    .from(appeals)
    .leftJoin(decisions, eq(decisions.appealId, appeals.id))
    .where(and(eq(appeals.decisionId, decisionId), isNull(decisions.id)));
  return row?.id ?? null;
}

/** Whether a decision was taken back. */
export async function isTakenBack(db: Db, decisionId: string): Promise<boolean> {
  const rows = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(eq(decisions.undoesId, decisionId));
  return rows.length > 0;
}

/**
 * Reverses what a decision did, and names the action that this is.
 * @throws Refusal `refused` where nothing is left of it to take back.
 */
export async function takeBack(
  tx: Db,
  app: AppContext,
  decision: Decision,
  matter: CaseSubject,
): Promise<{ action: DecisionAction; effect: Effect }> {
  if (await isTakenBack(tx, decision.id)) {
    throw new DomainError('refused', 'moderation.error.takenBack');
  }
  const done = await reversed(tx, app, decision, matter);
  if (!done) throw new DomainError('refused', 'moderation.error.movedOn');
  return done;
}

async function reversed(
  tx: Db,
  app: AppContext,
  decision: Decision,
  matter: CaseSubject,
): Promise<{ action: DecisionAction; effect: Effect } | null> {
  const { post, thread, author } = matter;
  const change = decision.change ?? {};
  switch (decision.action) {
    case 'hide':
    case 'hold':
    case 'approve':
    case 'restore': {
      const left =
        decision.action === 'hide' ? 'hidden' : decision.action === 'hold' ? 'held' : 'visible';
      if (post?.state !== left) return null;
      const state = stateToReturn(decision);
      await setPostState(tx, app.clock, post, state);
      const action = ({ visible: 'restore', held: 'hold', hidden: 'hide' } as const)[state];
      return { action, effect: { change: { from: post.state } } };
    }
    case 'retag':
      if (!post) return null;
      await setTags(tx, post, change.before as Tags);
      return {
        action: 'retag',
        effect: { change: { before: change.after, after: change.before } },
      };
    case 'title':
      if (!thread) return null;
      await retitleThread(tx, app.clock, thread.id, String(change.before));
      return { action: 'title', effect: { change: { before: thread.title } } };
    case 'lock':
      if (thread?.state !== 'locked') return null;
      await tx.update(threads).set({ state: 'open' }).where(eq(threads.id, thread.id));
      return { action: 'unlock', effect: {} };
    case 'unlock':
      if (thread?.state !== 'open') return null;
      await tx.update(threads).set({ state: 'locked' }).where(eq(threads.id, thread.id));
      return { action: 'lock', effect: {} };
    case 'pin':
      if (!thread?.pinnedAt) return null;
      await tx.update(threads).set({ pinnedAt: null }).where(eq(threads.id, thread.id));
      return { action: 'unpin', effect: {} };
    case 'slow':
      if (!thread?.slowUntil) return null;
      await tx
        .update(threads)
        .set({ slowMinutes: null, slowUntil: null })
        .where(eq(threads.id, thread.id));
      return { action: 'unslow', effect: {} };
    case 'move':
      if (post?.threadId !== change.to) return null;
      await movePlacesBack(tx, app.clock, change as unknown as Moved);
      return { action: 'move', effect: { change: { to: thread?.id } } };
    case 'split':
      if (post?.threadId !== change.to) return null;
      await movePlacesBack(tx, app.clock, change as unknown as Moved, 'thread');
      return { action: 'unsplit', effect: {} };
    case 'merge':
      if (!thread || thread.mergedInto !== change.to) return null;
      await unmergeThread(tx, app.clock, thread.id, change as unknown as Moved);
      return { action: 'unmerge', effect: {} };
    case 'duplicate':
      if (!post?.duplicateOf) return null;
      await tx.update(posts).set({ duplicateOf: null }).where(eq(posts.id, post.id));
      return { action: 'unduplicate', effect: {} };
    case 'warn':
      return { action: 'withdraw', effect: {} };
    case 'silence':
    case 'suspend': {
      const column = decision.action === 'silence' ? 'silencedUntil' : 'suspendedUntil';
      if (author[column] !== decision.until) return null;
      const before = Number(change[column] ?? 0) || null;
      await tx
        .update(users)
        .set({ [column]: before })
        .where(eq(users.id, author.id));
      return { action: 'lift', effect: {} };
    }
    case 'spam-clean':
      return { action: 'spam-unclean', effect: await spamUnclean({ tx, app, matter }, decision) };
    default:
      return null;
  }
}

function stateToReturn(decision: Decision): 'visible' | 'held' | 'hidden' {
  if (decision.action === 'approve') return 'held';
  if (decision.action === 'restore') return 'hidden';
  return stateBefore(decision);
}

/** Decisions that can be taken back as such. */
export const UNDOABLE: ReadonlySet<DecisionAction> = new Set([
  ...(['hide', 'hold', 'approve', 'restore', 'retag', 'move', 'duplicate', 'split'] as const),
  ...(['title', 'lock', 'unlock', 'pin', 'slow', 'merge'] as const),
  ...(['warn', 'silence', 'suspend', 'spam-clean'] as const),
]);
