import { eq } from 'drizzle-orm';
import { retitleThread } from '~/domain/publishing/retitle-thread';
import { DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { threads } from '~db/schema';
import type { ThreadState } from '~db/schema/conversation';
import type { ActionEffect, Effect, EffectArgs, UndoArgs, Undone } from './effect';

/** Returns the thread that a decision is about. */
export function threadOf({ matter }: EffectArgs) {
  if (!matter.thread) throw new DomainError('refused', 'moderation.error.notPossible');
  return matter.thread;
}

/** Changes a thread's title; its URL stays the same. */
export async function retitle(args: EffectArgs): Promise<Effect> {
  const { tx, app, details } = args;
  const thread = threadOf(args);
  const { title } = details;
  if (!title) throw new DomainError('invalid', 'site.error.required', { field: 'title' });
  await retitleThread(tx, app.clock, thread.id, title);
  return { change: { before: thread.title } };
}

export async function retitleBack({ tx, app, matter, change }: UndoArgs): Promise<Undone | null> {
  const { thread } = matter;
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
    async undo({ tx, matter: { thread } }) {
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

export async function pinBack({ tx, matter: { thread } }: UndoArgs): Promise<Undone | null> {
  if (!thread?.pinnedAt) return null;
  await tx.update(threads).set({ pinnedAt: null }).where(eq(threads.id, thread.id));
  return { action: 'unpin', effect: {} };
}

export async function unpin(args: EffectArgs): Promise<Effect> {
  await args.tx
    .update(threads)
    .set({ pinnedAt: null })
    .where(eq(threads.id, threadOf(args).id));
  return {};
}

/** Turns on slow mode: minimum time between two posts of a person in the thread. */
export async function slow(args: EffectArgs): Promise<Effect> {
  const { tx, app, details } = args;
  const { minutes = 0, days = 0 } = details;
  if (minutes < 1)
    throw new DomainError('invalid', 'moderation.error.minutes', { field: 'minutes' });
  if (days < 1) throw new DomainError('invalid', 'moderation.error.days', { field: 'days' });
  const slowUntil = app.clock.now() + days * DAY;
  await tx
    .update(threads)
    .set({ slowMinutes: minutes, slowUntil })
    .where(eq(threads.id, threadOf(args).id));
  return { until: slowUntil, change: { minutes } };
}

export async function slowBack({ tx, matter: { thread } }: UndoArgs): Promise<Undone | null> {
  if (!thread?.slowUntil) return null;
  await tx
    .update(threads)
    .set({ slowMinutes: null, slowUntil: null })
    .where(eq(threads.id, thread.id));
  return { action: 'unslow', effect: {} };
}

export async function unslow(args: EffectArgs): Promise<Effect> {
  await args.tx
    .update(threads)
    .set({ slowMinutes: null, slowUntil: null })
    .where(eq(threads.id, threadOf(args).id));
  return {};
}
