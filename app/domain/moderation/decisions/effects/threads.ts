import { eq } from 'drizzle-orm';
import { retitleThread } from '~/domain/publishing/retitle-thread';
import { DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { threads } from '~db/schema';
import type { ThreadState } from '~db/schema/conversation';
import type { Effect, EffectArgs } from './effect';

/** The thread that a decision is about. */
export function threadOf({ matter }: EffectArgs) {
  if (!matter.thread) throw new DomainError('refused', 'moderation.error.notPossible');
  return matter.thread;
}

/** Gives a thread another title; its address stays as it is. */
export async function retitle(args: EffectArgs): Promise<Effect> {
  const { tx, app, details } = args;
  const thread = threadOf(args);
  const { title } = details;
  if (!title) throw new DomainError('invalid', 'site.error.required', { field: 'title' });
  await retitleThread(tx, app.clock, thread.id, title);
  return { change: { before: thread.title } };
}

export function setThreadState(state: ThreadState) {
  return async (args: EffectArgs): Promise<Effect> => {
    const thread = threadOf(args);
    await args.tx.update(threads).set({ state }).where(eq(threads.id, thread.id));
    return { change: { from: thread.state } };
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

export async function unpin(args: EffectArgs): Promise<Effect> {
  await args.tx
    .update(threads)
    .set({ pinnedAt: null })
    .where(eq(threads.id, threadOf(args).id));
  return {};
}

/** From now on a person waits between two posts in a thread. */
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

export async function unslow(args: EffectArgs): Promise<Effect> {
  await args.tx
    .update(threads)
    .set({ slowMinutes: null, slowUntil: null })
    .where(eq(threads.id, threadOf(args).id));
  return {};
}
