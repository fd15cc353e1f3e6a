import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { conversations, threads } from '~db/schema';

/** Makes a draft public with its threads, and returns how many of them it opened. */
export async function publishConversation(tx: Db, id: string, now: number): Promise<number> {
  await tx
    .update(conversations)
    .set({ state: 'open', openedAt: now })
    .where(and(eq(conversations.id, id), eq(conversations.state, 'draft')));
  const opened = await tx
    .update(threads)
    .set({ state: 'open' })
    .where(and(eq(threads.conversationId, id), eq(threads.state, 'draft')))
    .returning({ id: threads.id });
  return opened.length;
}

/** Makes a public conversation that has no answers a draft again, with its threads. */
export async function withdrawConversation(tx: Db, id: string): Promise<void> {
  await tx
    .update(conversations)
    .set({ state: 'draft', openedAt: null, closedAt: null })
    .where(eq(conversations.id, id));
  await tx
    .update(threads)
    .set({ state: 'draft' })
    .where(and(eq(threads.conversationId, id), inArray(threads.state, ['open', 'locked'])));
}

/** Deletes a draft with its threads, which are hidden: rows stay, so that it can come back. */
export async function deleteDraft(tx: Db, id: string, now: number): Promise<void> {
  await tx
    .update(conversations)
    .set({ deletedAt: now })
    .where(and(eq(conversations.id, id), eq(conversations.state, 'draft')));
  await hideDrafts(tx, id);
}

/** Makes a deleted draft a draft again, with its threads. Returns false if it is none. */
export async function restoreDraft(tx: Db, id: string): Promise<boolean> {
  const restored = await tx
    .update(conversations)
    .set({ deletedAt: null })
    .where(and(eq(conversations.id, id), isNotNull(conversations.deletedAt)))
    .returning({ id: conversations.id });
  if (restored.length === 0) return false;
  await tx
    .update(threads)
    .set({ state: 'draft' })
    .where(and(eq(threads.conversationId, id), eq(threads.state, 'hidden')));
  return true;
}

/** Hides the draft threads of a conversation: threads are never deleted. */
export async function hideDrafts(tx: Db, id: string): Promise<void> {
  await tx
    .update(threads)
    .set({ state: 'hidden' })
    .where(and(eq(threads.conversationId, id), eq(threads.state, 'draft')));
}

/** Ends an open conversation: everything stays readable, and its threads take no more posts. */
export async function closeConversation(tx: Db, id: string, now: number): Promise<void> {
  await tx
    .update(conversations)
    .set({ state: 'closed', closedAt: now })
    .where(and(eq(conversations.id, id), eq(conversations.state, 'open')));
}

/** Lets a closed conversation take posts again, without an end. */
export async function reopenConversation(tx: Db, id: string): Promise<void> {
  await tx
    .update(conversations)
    .set({ state: 'open', closedAt: null, closesAt: null })
    .where(and(eq(conversations.id, id), eq(conversations.state, 'closed')));
}

/**
 * Sets when a conversation that is not closed takes posts, in UTC milliseconds; null: no limit.
 * @throws DomainError `invalid` if it would end before it begins, or has ended already
 */
export async function setWindow(
  tx: Db,
  id: string,
  { opensAt, closesAt }: { opensAt: number | null; closesAt: number | null },
  now: number,
): Promise<void> {
  if (closesAt !== null && closesAt <= Math.max(now, opensAt ?? now)) {
    throw new DomainError('invalid', 'conversations.error.window', { field: 'closes' });
  }
  await tx.update(conversations).set({ opensAt, closesAt }).where(eq(conversations.id, id));
}
