import { eq } from 'drizzle-orm';
import { retitleThread } from '~/domain/publishing/retitle-thread';
import { DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { threads } from '~db/schema';
import type { ThreadState } from '~db/schema/conversation';
import type { ActionEffect, Effect, EffectArgs, UndoArgs, Undone } from './effect';

/** Returns the thread that a decision is about. */
export function threadOf({ subject }: EffectArgs) {
  if (!subject.thread) throw new DomainError('refused', 'moderation.error.notPossible');
  return subject.thread;
}

/** Changes a thread's title; its URL stays the same. */
export async function retitle(args: EffectArgs): Promise<Effect> {
  const { tx, app, details } = args;
  const thread = threadOf(args);
  const { title } = details;
  if (!title) throw new DomainError('invalid', 'conversation.error.titleShort', { field: 'title' });
  await retitleThread(tx, app.clock, thread.id, title);
  return { change: { before: thread.title } };
}

export async function retitleBack({ tx, app, subject, change }: UndoArgs): Promise<Undone | null> {
  const { thread } = subject;
  if (!thread) return null;
  await retitleThread(tx, app.clock, thread.id, String(change.before));
  return { action: 'title', effect: { change: { before: thread.title } } };
}

/** Locks or opens a thread; undoing restores the opposite state. */
export function setThreadState(
  state: Extract<ThreadState, 'open' | 'locked'>,
  undone: { state: Extract<ThreadState, 'open' | 'locked'>; action: 'lock' | 'unlock' },
): ActionEffect {
  return {
    async apply(args) {
      const thread = threadOf(args);
      await args.tx.update(threads).set({ state }).where(eq(threads.id, thread.id));
      return { change: { from: thread.state } };
    },
    async undo({ tx, subject: { thread } }) {
      if (thread?.state !== state) return null;
      await tx.update(threads).set({ state: undone.state }).where(eq(threads.id, thread.id));
      return { action: undone.action, effect: {} };
    },
  };
}

export async function pin(args: EffectArgs): Promise<Effect> {
  const pinnedAt = args.app.clock.now();
  await args.tx
    .update(threads)
    .set({ pinnedAt })
    .where(eq(threads.id, threadOf(args).id));
  return {};
}

export async function pinBack({ tx, subject: { thread } }: UndoArgs): Promise<Undone | null> {
  if (!thread?.pinnedAt) return null;
  await tx.update(threads).set({ pinnedAt: null }).where(eq(threads.id, thread.id));
  return { action: 'unpin', effect: { change: { pinnedAt: thread.pinnedAt } } };
}

export async function unpin(args: EffectArgs): Promise<Effect> {
  const { id, pinnedAt } = threadOf(args);
  await args.tx.update(threads).set({ pinnedAt: null }).where(eq(threads.id, id));
  return { change: { pinnedAt } };
}

/** Pins a thread again, in the place among the pinned ones that it had. */
export async function pinAgain({
  tx,
  subject: { thread },
  change,
}: UndoArgs): Promise<Undone | null> {
  if (!thread || thread.pinnedAt !== null || !change.pinnedAt) return null;
  const pinnedAt = Number(change.pinnedAt);
  await tx.update(threads).set({ pinnedAt }).where(eq(threads.id, thread.id));
  return { action: 'pin', effect: {} };
}

/** Turns on slow mode: minimum time between two posts of a person in the thread. */
export async function slow(args: EffectArgs): Promise<Effect> {
  const { tx, app, details } = args;
  const { minutes = 0, days = 0 } = details;
  if (minutes < 1)
    throw new DomainError('invalid', 'moderation.error.minutes', { field: 'minutes' });
  if (days < 1) throw new DomainError('invalid', 'moderation.error.days', { field: 'days' });
  const slowUntil = app.clock.now() + days * DAY;
  const thread = threadOf(args);
  await tx
    .update(threads)
    .set({ slowMinutes: minutes, slowUntil })
    .where(eq(threads.id, thread.id));
  return { until: slowUntil, change: { minutes, before: slowModeOf(thread) } };
}

export async function slowBack({
  tx,
  subject: { thread },
  change,
}: UndoArgs): Promise<Undone | null> {
  if (!thread?.slowUntil) return null;
  const before = (change.before as SlowMode | undefined) ?? NOT_SLOW;
  await tx.update(threads).set(before).where(eq(threads.id, thread.id));
  return { action: 'unslow', effect: { change: { before: slowModeOf(thread) } } };
}

export async function unslow(args: EffectArgs): Promise<Effect> {
  const thread = threadOf(args);
  await args.tx.update(threads).set(NOT_SLOW).where(eq(threads.id, thread.id));
  return { change: { before: slowModeOf(thread) } };
}

/** Gives a thread back the slow mode that it had, unless it has a new one. */
export async function slowAgain({
  tx,
  subject: { thread },
  change,
}: UndoArgs): Promise<Undone | null> {
  const before = change.before as SlowMode | undefined;
  if (!thread || thread.slowUntil !== null || !before?.slowUntil) return null;
  await tx.update(threads).set(before).where(eq(threads.id, thread.id));
  return { action: 'slow', effect: { until: before.slowUntil, change: { before: NOT_SLOW } } };
}

type SlowMode = Pick<typeof threads.$inferSelect, 'slowMinutes' | 'slowUntil'>;

const NOT_SLOW: SlowMode = { slowMinutes: null, slowUntil: null };

function slowModeOf({ slowMinutes, slowUntil }: SlowMode): SlowMode {
  return { slowMinutes, slowUntil };
}
