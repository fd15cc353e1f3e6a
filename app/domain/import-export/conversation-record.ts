import { and, count, eq, inArray, ne, or } from 'drizzle-orm';
import { type RecordedValues, recordChange } from '~/domain/community/recorded-changes';
import { hideDrafts } from '~/domain/forum/conversations/change';
import { setThreadPillars } from '~/domain/forum/posts/stored-details';
import { freeSlug, slugOf } from '~/domain/forum/threads/slug';
import { postsInAnyState } from '~/domain/forum/visibility';
import { announce } from '~/domain/publishing/post-events';
import { retitleThread } from '~/domain/publishing/retitle-thread';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { idsOf } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import type { Values } from '~/platform/stale-form';
import type { Db } from '~db/client';
import { conversations, posts, threadPillars, threads } from '~db/schema';

/*
 * The values of a conversation whose changes are recorded. Those of its threads have names such as
 * `01JB….title`.
 */

type Row = typeof conversations.$inferSelect;
type ThreadRow = typeof threads.$inferSelect;

const COLUMNS = [
  ...(['title', 'link', 'author', 'language', 'date'] as const),
  ...(['summaryPoints', 'introduction', 'pillars', 'glossary'] as const),
  ...(['state', 'opensAt', 'closesAt', 'openedAt', 'closedAt', 'deletedAt'] as const),
] satisfies (keyof Row)[];

const THREAD_COLUMNS = [
  ...(['conversationId', 'sourceKey', 'questionNumber', 'sourceUrl'] as const),
  ...(['state', 'language'] as const),
] satisfies (keyof ThreadRow)[];

/** What the opening post of a question says; null once a moderator wrote another text. */
type Opening = Pick<typeof posts.$inferSelect, 'body' | 'html' | 'excerpt' | 'language'> | null;

/** The values of a thread; null for each of one that was not there yet. */
type ThreadValues = Partial<
  Pick<ThreadRow, (typeof THREAD_COLUMNS)[number] | 'title'> & {
    pillars: string[];
    opening: Opening;
  }
>;

/** The values of a conversation, its threads, and the threads that `names` name. */
async function conversationValues(
  tx: Db,
  id: string,
  names: readonly string[] = [],
): Promise<Values> {
  const [row] = await tx.select().from(conversations).where(eq(conversations.id, id));
  const rows = await tx
    .select()
    .from(threads)
    .where(or(eq(threads.conversationId, id), inArray(threads.id, threadsIn(names))));
  const ids = idsOf(rows);
  const filed = await tx.select().from(threadPillars).where(inArray(threadPillars.threadId, ids));
  const openings = await tx
    .select()
    .from(postsInAnyState)
    .where(and(inArray(posts.threadId, ids), eq(posts.isOpening, true)));
  const values: Record<string, unknown> = Object.fromEntries(
    COLUMNS.map((name) => [name, row?.[name] ?? null]),
  );
  for (const thread of rows) {
    const put = (of: ThreadValues) => {
      for (const [name, value] of Object.entries(of)) values[`${thread.id}.${name}`] = value;
    };
    const opening = openings.find(({ threadId }) => threadId === thread.id);
    const pillars = filed.filter(({ threadId }) => threadId === thread.id);
    put({
      title: thread.title,
      ...Object.fromEntries(THREAD_COLUMNS.map((name) => [name, thread[name]])),
      pillars: pillars.map(({ pillar }) => pillar).sort(),
      opening: opening?.revision === 1 ? textOf(opening) : null,
    });
  }
  return values;
}

function textOf({ body, html, excerpt, language }: NonNullable<Opening>): Opening {
  return { body, html, excerpt, language };
}

/** Returns the ids of the threads whose values these names name. */
export function threadsIn(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => /^(.+)\.\w+$/.exec(name)?.[1] ?? []))];
}

/** Runs `work`, which changes a conversation, and records what it changed and who did. */
export async function recordConversation<Result>(
  tx: Db,
  clock: Clock,
  personId: string,
  id: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = await conversationValues(tx, id);
  const result = await work();
  const after = await conversationValues(tx, id, Object.keys(before));
  await recordChange(tx, clock, { personId, subject: id }, before, after);
  return result;
}

/** Records that a person made a conversation, as if it had been a deleted draft before. */
export async function recordNew(tx: Db, clock: Clock, personId: string, id: string): Promise<void> {
  const after = await conversationValues(tx, id);
  const states = Object.keys(after).filter((name) => name.endsWith('.state'));
  const before = {
    ...after,
    ...{ state: 'draft', openedAt: null, deletedAt: clock.now() },
    ...Object.fromEntries(states.map((name) => [name, 'hidden'])),
  };
  await recordChange(tx, clock, { personId, subject: id }, before, after);
}

/** The values of a conversation, for a person who takes a change of them back. */
export function recordedConversation(clock: Clock, id: string, personId: string): RecordedValues {
  return {
    subject: id,
    read: (tx, names) => conversationValues(tx, id, names),
    store: (tx, values) => storeConversationValues(tx, clock, { id, personId }, values),
    listedAt: `${pathTo('/admin/conversations/:id', { id })}#changes`,
  };
}

async function storeConversationValues(
  tx: Db,
  clock: Clock,
  { id, personId }: { id: string; personId: string },
  values: Values,
): Promise<void> {
  const own: Partial<Row> = Object.fromEntries(
    COLUMNS.filter((name) => name in values).map((name) => [name, values[name]]),
  );
  if (own.state === 'draft') await requireUnanswered(tx, id, personId);
  if (Object.keys(own).length > 0) {
    await tx.update(conversations).set(own).where(eq(conversations.id, id));
  }
  const ids = threadsIn(Object.keys(values));
  // Two threads may change their fingerprints for each other's.
  const rekeyed = ids.filter((thread) => `${thread}.sourceKey` in values);
  await tx.update(threads).set({ sourceKey: null }).where(inArray(threads.id, rekeyed));
  for (const thread of ids) {
    const own = Object.entries(values).filter(([name]) => name.startsWith(`${thread}.`));
    const named = own.map(([name, value]) => [name.slice(thread.length + 1), value]);
    await storeThread(tx, clock, thread, Object.fromEntries(named));
  }
  if (own.deletedAt) await hideDrafts(tx, id);
}

async function storeThread(
  tx: Db,
  clock: Clock,
  id: string,
  { title, pillars, opening, state, language, ...columns }: ThreadValues,
): Promise<void> {
  const isGone = columns.conversationId === null || state === null;
  const kept = { ...columns, ...(language && { language }), ...(state && { state }) };
  const set = isGone ? { ...columns, state: 'hidden' as const } : kept;
  if (Object.keys(set).length > 0) await tx.update(threads).set(set).where(eq(threads.id, id));
  if (isGone) return;
  if (title) {
    // Of a draft: nobody has a link to it yet.
    const slug = await freeSlug(tx, slugOf(title));
    await tx.update(threads).set({ slug }).where(eq(threads.id, id));
    await retitleThread(tx, clock, id, title);
  }
  if (pillars) await setThreadPillars(tx, id, pillars);
  if (opening) {
    const changed = await tx
      .update(posts)
      .set(opening)
      .where(and(eq(posts.threadId, id), eq(posts.isOpening, true), eq(posts.revision, 1)))
      .returning();
    await announce(tx, clock, 'edited', changed);
  }
}

/**
 * Makes sure that nobody but this person has posted in a conversation, so that it can be a draft.
 * @throws DomainError `refused`
 */
export async function requireUnanswered(tx: Db, id: string, personId: string): Promise<void> {
  if (await othersPosted(tx, id, personId)) {
    throw new DomainError('refused', 'admin.conversations.error.posts');
  }
}

/** Whether someone else has posted in a conversation; posts that they deleted do not count. */
export async function othersPosted(db: Db, id: string, personId: string): Promise<boolean> {
  const [found] = await db
    .select({ n: count() })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        eq(threads.conversationId, id),
        eq(posts.isOpening, false),
        ne(posts.authorId, personId),
        ne(posts.state, 'deleted'),
      ),
    );
  return (found?.n ?? 0) > 0;
}
