import { and, eq, max, sql } from 'drizzle-orm';
import { mayModerate, mayPost, type Person, type Visitor } from '~/domain/accounts/users/visitor';
import { postingIn } from '~/domain/forum/conversations/window';
import {
  postsInAnyState,
  preparedForReader,
  readableThread,
  readerOf,
} from '~/domain/forum/visibility';
import { type Clock, MINUTE, SECOND } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { conversations, posts, threads } from '~db/schema';

/**
 * Returns the person if they may post now.
 * @throws DomainError that explains why the visitor may not; the typed text is kept.
 */
export function requireWriter(visitor: Visitor): Person {
  const { person, standing } = visitor;
  if (!person) throw new DomainError('refused', 'conversation.error.login');
  if (mayPost(visitor)) return person;
  if (standing === 'unconfirmed') throw new DomainError('refused', 'conversation.error.confirm');
  const [key, until] =
    standing === 'silenced'
      ? (['conversation.error.silenced', person.silencedUntil] as const)
      : (['conversation.error.suspended', person.suspendedUntil] as const);
  throw new DomainError('refused', key, { values: { until: new Date(until ?? 0) } });
}

const readOpenThread = preparedForReader((db, reader) =>
  db
    .select({
      state: threads.state,
      language: threads.language,
      slowMinutes: threads.slowMinutes,
      slowUntil: threads.slowUntil,
      conversation: {
        state: conversations.state,
        opensAt: conversations.opensAt,
        closesAt: conversations.closesAt,
        closedAt: conversations.closedAt,
      },
    })
    .from(threads)
    .leftJoin(conversations, eq(conversations.id, threads.conversationId))
    .where(and(eq(threads.id, sql.placeholder('threadId')), readableThread(reader))),
);

/**
 * Checks that the visitor may post in a thread now. Returns the thread's language (BCP 47).
 * @throws DomainError `missing` if they may not open it, `refused` if it or its conversation is
 * closed, `too-many` in slow mode if they posted there too recently. Slow mode does not apply to moderators.
 */
export async function requireOpenThread(
  db: Db,
  clock: Clock,
  visitor: Visitor,
  threadId: string,
): Promise<string> {
  const [thread] = await readOpenThread(db, readerOf(visitor), { threadId });
  if (!thread) throw new DomainError('missing', 'site.problem.404.title');
  if (thread.state !== 'open') throw new DomainError('refused', 'conversation.error.locked');
  const now = clock.now();
  const posting = postingIn(thread.conversation, now);
  if (!posting.takesPosts) {
    throw new DomainError('refused', `conversations.error.${posting.why}`, {
      values: { at: new Date(posting.at) },
    });
  }
  const { language, slowMinutes, slowUntil } = thread;
  const writer = visitor.person?.id;
  if (!slowMinutes || (slowUntil ?? 0) <= now || mayModerate(visitor) || !writer) {
    return language;
  }
  const [last] = await db
    .select({ at: max(posts.createdAt) })
    .from(postsInAnyState)
    .where(and(eq(posts.threadId, threadId), eq(posts.authorId, writer)));
  const wait = (last?.at ?? 0) + slowMinutes * MINUTE - now;
  if (wait <= 0) return language;
  throw new DomainError('too-many', 'conversation.error.slow', {
    values: { every: slowMinutes, minutes: Math.ceil(wait / MINUTE) },
    retryAfter: wait / SECOND,
  });
}
