import { and, eq, inArray, isNull, notInArray, or } from 'drizzle-orm';
import { findTranslation } from '~/domain/forum/translations/translations';
import { postsInAnyState } from '~/domain/forum/visibility';
import { settleNotices } from '~/domain/moderation/dsa/notice';
import { setPostState } from '~/domain/publishing/set-post-state';
import { removeAllOf, setRemoved } from '~/domain/publishing/translate-post';
import { DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { idsOf, newId } from '~/platform/ids';
import { cases, decisions, posts, users } from '~db/schema';
import type { Effect, EffectArgs, UndoArgs, Undone } from './effect';
import { stateBefore } from './post-state';

/** For actions that only send a message. */
export async function nothing(): Promise<Effect> {
  return {};
}

/** Its case is open again; nothing else had changed. */
export async function reopen(): Promise<Undone> {
  return { action: 'reopen', effect: {} };
}

export async function withdraw(): Promise<Undone> {
  return { action: 'withdraw', effect: {} };
}

/** Silences a person for some days: they can read, flag and appeal, but not post. */
export async function silence({ tx, app, subject, details }: EffectArgs): Promise<Effect> {
  const silencedUntil = untilOf(app.clock.now(), details.days);
  const before = subject.author.silencedUntil;
  await tx.update(users).set({ silencedUntil }).where(eq(users.id, subject.author.id));
  return { until: silencedUntil, change: { silencedUntil: before } };
}

/** Suspends a person for some days: they can only read, and their role has no effect. */
export async function suspend({ tx, app, subject, details }: EffectArgs): Promise<Effect> {
  const suspendedUntil = untilOf(app.clock.now(), details.days);
  const before = subject.author.suspendedUntil;
  await tx.update(users).set({ suspendedUntil }).where(eq(users.id, subject.author.id));
  return { until: suspendedUntil, change: { suspendedUntil: before } };
}

function untilOf(now: number, days = 0): number {
  if (days < 1) throw new DomainError('invalid', 'moderation.error.days', { field: 'days' });
  return now + days * DAY;
}

/** Restores the former end of a silence or suspension, unless a later decision set a new one. */
export function limitBack(column: 'silencedUntil' | 'suspendedUntil') {
  return async ({
    tx,
    subject: { author },
    decision,
    change,
  }: UndoArgs): Promise<Undone | null> => {
    if (author[column] !== decision.until) return null;
    await tx
      .update(users)
      .set({ [column]: Number(change[column] ?? 0) || null })
      .where(eq(users.id, author.id));
    return { action: 'lift', effect: { change: limitsOf(author) } };
  };
}

function limitsOf({ silencedUntil, suspendedUntil }: UndoArgs['subject']['author']) {
  return { silencedUntil, suspendedUntil };
}

/** Ends a silence or suspension immediately. */
export async function lift({ tx, subject: { author } }: EffectArgs): Promise<Effect> {
  await tx
    .update(users)
    .set({ silencedUntil: null, suspendedUntil: null })
    .where(eq(users.id, author.id));
  return { change: limitsOf(author) };
}

/** Sets the limits again that were lifted, unless there are new ones or both have ended. */
export async function unlift({
  tx,
  app,
  subject: { author },
  change,
}: UndoArgs): Promise<Undone | null> {
  const before = {
    silencedUntil: Number(change.silencedUntil ?? 0) || null,
    suspendedUntil: Number(change.suspendedUntil ?? 0) || null,
  };
  const now = app.clock.now();
  if ((author.silencedUntil ?? 0) > now || (author.suspendedUntil ?? 0) > now) return null;
  const suspends = (before.suspendedUntil ?? 0) > now;
  const until = suspends ? before.suspendedUntil : before.silencedUntil;
  if (until === null || until <= now) return null;
  await tx.update(users).set(before).where(eq(users.id, author.id));
  const effect: Effect = { until, change: limitsOf(author) };
  return { action: suspends ? 'suspend' : 'silence', effect };
}

/**
 * Hides all posts of a person, removes their translations and closes their open cases; with `days`, also suspends the person.
 * Each post gets its own decision record, as part of this one.
 */
export async function spamClean(args: EffectArgs): Promise<Effect> {
  const { tx, app, moderatorId, subject, details, decisionId } = args;
  const { author } = subject;
  const written = await tx
    .select()
    .from(postsInAnyState)
    .where(and(eq(posts.authorId, author.id), notInArray(posts.state, ['hidden', 'deleted'])));
  for (const post of written) await setPostState(tx, app.clock, post, 'hidden');
  const translations = await removeAllOf(tx, app, author.id, moderatorId);
  const suspended = details.days ? await suspend(args) : {};
  const ids = idsOf(written);
  const closed = await tx
    .update(cases)
    .set({ closedAt: app.clock.now() })
    .where(
      and(isNull(cases.closedAt), or(inArray(cases.postId, ids), eq(cases.personId, author.id))),
    )
    .returning({ id: cases.id });
  const decision = { id: decisionId, action: 'spam-clean' } as const;
  for (const { id } of closed) await settleNotices(tx, app, id, decision);
  return {
    ...suspended,
    change: { ...suspended.change, posts: written.length, translations },
    after: async ({ id: partOfId, createdAt }) => {
      const [whole] = await tx.select().from(decisions).where(eq(decisions.id, partOfId));
      for (const post of written) {
        await tx.insert(decisions).values({
          id: newId(createdAt),
          caseId: whole?.caseId ?? null,
          postId: post.id,
          threadId: post.threadId,
          authorId: author.id,
          moderatorId: whole?.moderatorId ?? null,
          action: 'hide',
          rule: whole?.rule ?? null,
          partOfId,
          batchId: whole?.batchId ?? null,
          change: { from: post.state },
          createdAt,
        });
      }
    },
  };
}

/** Reverses a spam-clean: what it still hides gets its former state. */
export async function spamUnclean(args: UndoArgs): Promise<Undone> {
  const { tx, app, subject, decision: cleaned, change } = args;
  const parts = await tx
    .select({ decision: decisions, post: posts })
    .from(decisions)
    .innerJoin(postsInAnyState, eq(posts.id, decisions.postId))
    .where(and(eq(decisions.partOfId, cleaned.id), eq(posts.state, 'hidden')));
  for (const { decision, post } of parts)
    await setPostState(tx, app.clock, post, stateBefore(decision));
  for (const id of (change.translations ?? []) as string[]) {
    const found = await findTranslation(tx, id);
    if (found?.removedById === cleaned.moderatorId) await setRemoved(tx, app, found, null);
  }
  if (cleaned.until !== null && subject.author.suspendedUntil === cleaned.until) {
    const suspendedUntil = Number(change.suspendedUntil ?? 0) || null;
    await tx.update(users).set({ suspendedUntil }).where(eq(users.id, subject.author.id));
  }
  const effect: Effect = {
    change: { posts: parts.length },
    after: async ({ id: partOfId, createdAt }) => {
      const [whole] = await tx.select().from(decisions).where(eq(decisions.id, partOfId));
      for (const { decision, post } of parts) {
        const state = stateBefore(decision);
        await tx.insert(decisions).values({
          id: newId(createdAt),
          caseId: whole?.caseId ?? null,
          postId: post.id,
          threadId: post.threadId,
          authorId: subject.author.id,
          moderatorId: whole?.moderatorId ?? null,
          action: state === 'held' ? 'hold' : 'restore',
          undoesId: decision.id,
          partOfId,
          change: { from: post.state },
          createdAt,
        });
      }
    },
  };
  return { action: 'spam-unclean', effect };
}
