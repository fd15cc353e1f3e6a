import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { inWindow } from '~/domain/forum/conversations/window';
import { requireOpenThread } from '~/domain/forum/posts/permission';
import { publicThread } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { conversations, threads } from '~db/schema/index';
import { type NewReply, reply } from './reply';

/** A barrier report; only the text is required. */
export interface BarrierReport extends Omit<NewReply, 'threadId' | 'replyTo'> {
  /** One line, or empty. */
  title: string;
}

/**
 * Adds a report to the thread of the first question, which is about barriers, and returns its URL.
 * The same key twice adds only one. With several open conversations it is the newest one's.
 * @throws DomainError if the first question is not open, or as `reply` does.
 */
export async function reportBarrier(
  app: AppContext,
  visitor: Visitor,
  { title, body, ...rest }: BarrierReport,
): Promise<string> {
  return reply(app, visitor, {
    ...rest,
    threadId: await requireReportThread(app, visitor),
    replyTo: null,
    body: reportText(title, body),
  });
}

/**
 * Returns the id of the thread for reports.
 * @throws DomainError if it takes none, or none from this visitor now.
 */
export async function requireReportThread(app: AppContext, visitor: Visitor): Promise<string> {
  const { reader } = app.db;
  const thread = await reportThread(reader, app.clock.now());
  if (!thread) throw new DomainError('refused', 'barriers.error.closed');
  await requireOpenThread(reader, app.clock, visitor, thread.id);
  return thread.id;
}

/** Returns the thread for reports: the first question of the newest conversation that takes posts. */
export async function reportThread(
  db: Db,
  now: number,
): Promise<{ id: string; slug: string } | null> {
  const [thread] = await db
    .select({ id: threads.id, slug: threads.slug })
    .from(threads)
    .leftJoin(conversations, eq(conversations.id, threads.conversationId))
    .where(
      and(
        eq(threads.questionNumber, 1),
        eq(threads.state, 'open'),
        or(isNull(threads.conversationId), inWindow(now)),
        publicThread(),
      ),
    )
    .orderBy(desc(sql`coalesce(${conversations.openedAt}, 0)`), asc(threads.createdAt))
    .limit(1);
  return thread ?? null;
}

/** The title becomes a heading of the text, so that it is stored and shown with it. */
export function reportText(title: string, body: string): string {
  return title ? `### ${title}\n\n${body}` : body;
}
