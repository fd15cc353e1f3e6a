import { and, desc, eq, gte, isNull, lt, or } from 'drizzle-orm';
import { postsInAnyState, publicThread } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { alias, countOf } from '~db/dialect';
import { appeals, decisions, posts, threads, users } from '~db/schema';
import { outcomeOfRecord, roleIn } from './outcome';
import { isItsUndoing, undoing } from './standing';

const DECISIONS_PER_PAGE = 50;

/** Condition for listed decisions: parts of a larger one are shown with it. */
const listed = isNull(decisions.partOfId);

const answered = alias(decisions, 'answered');
const concerned = alias(users, 'concerned');

/** Reads the public log, newest first: no texts, authors or notes; threads while public. */
async function readEntries(db: Db, where: ReturnType<typeof and>, limit: number, offset = 0) {
  const rows = await db
    .select({
      decision: decisions,
      moderator: users.handle,
      /** The person a decision is about: public only for a change of role. */
      concerned: { handle: concerned.handle, erasedAt: concerned.erasedAt },
      thread: {
        id: threads.id,
        slug: threads.slug,
        title: threads.title,
        language: threads.language,
      },
      /** The decision that an appeal was against. */
      against: {
        id: answered.id,
        action: answered.action,
        moderatorId: answered.moderatorId,
        createdAt: answered.createdAt,
      },
      takenBackAt: undoing.createdAt,
      appealedAt: appeals.createdAt,
    })
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.moderatorId))
    .leftJoin(concerned, eq(concerned.id, decisions.authorId))
    .leftJoin(postsInAnyState, eq(posts.id, decisions.postId))
    .leftJoin(
      threads,
      and(
        or(
          eq(threads.id, posts.threadId),
          and(isNull(posts.id), eq(threads.id, decisions.threadId)),
        ),
        publicThread(),
      ),
    )
    .leftJoin(undoing, isItsUndoing)
    .leftJoin(appeals, eq(appeals.decisionId, decisions.id))
    .leftJoin(answered, eq(answered.id, decisions.undoesId))
    .where(and(listed, where))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ decision, moderator, concerned: of, thread, against, ...when }) => ({
    id: decision.id,
    /** For moderators only. */
    caseId: decision.caseId,
    createdAt: decision.createdAt,
    action: decision.action,
    outcome: outcomeOfRecord(decision),
    rule: decision.rule,
    until: decision.until,
    automated: decision.automated,
    foundByMachine: decision.foundByMachine,
    /** Number of posts that a spam-clean hid or restored. */
    posts: typeof decision.change?.posts === 'number' ? decision.change.posts : null,
    /** The decision that it reverses, on an appeal or without one. */
    undoes: against?.id ? { action: against.action, createdAt: against.createdAt } : null,
    onAppeal: decision.appealId !== null,
    /** Whether it answers an appeal against the moderator's own decision: there was no one else. */
    ownAppeal: false as boolean,
    moderator,
    thread,
    /** A change of role: whose (null once their account is deleted), to what, and why. */
    role:
      decision.action === 'role'
        ? {
            handle: of?.erasedAt === null ? of.handle : null,
            to: roleIn(decision.change, 'to'),
            reason: decision.note ?? '',
          }
        : null,
    ...when,
    appealId: decision.appealId,
    moderatorId: decision.moderatorId,
  }));
}

export type LogEntry = Awaited<ReturnType<typeof readLog>>['rows'][number];

/** Returns one page of the log, from 1. */
export async function readLog(db: Db, page: number) {
  const total = await countOf(db, decisions, listed);
  const found = await readEntries(
    db,
    undefined,
    DECISIONS_PER_PAGE,
    (page - 1) * DECISIONS_PER_PAGE,
  );
  const pages = Math.max(1, Math.ceil(total / DECISIONS_PER_PAGE));
  return { page, pages, rows: await publicEntries(db, found) };
}

/** Returns the newest entries, for a feed. */
export async function newestEntries(db: Db, limit: number): Promise<LogEntry[]> {
  return publicEntries(db, await readEntries(db, undefined, limit));
}

/** Returns all entries in `[from, until)`, UTC milliseconds; for CSV. */
export async function entriesBetween(db: Db, from: number, until: number): Promise<LogEntry[]> {
  const within = and(gte(decisions.createdAt, from), lt(decisions.createdAt, until));
  return publicEntries(db, await readEntries(db, within, 100_000));
}

/** Marks appeals that were decided by the moderator whose decision was appealed. */
async function publicEntries(db: Db, rows: Awaited<ReturnType<typeof readEntries>>) {
  const entries = [];
  for (const { appealId, moderatorId, ...row } of rows) {
    const first = appealId ? await appealed(db, appealId) : null;
    entries.push({
      ...row,
      undoes: row.undoes ?? (first && { action: first.action, createdAt: first.createdAt }),
      ownAppeal: first !== null && first.moderatorId === moderatorId,
    });
  }
  return entries;
}

async function appealed(db: Db, appealId: string) {
  const [row] = await db
    .select({
      action: decisions.action,
      createdAt: decisions.createdAt,
      moderatorId: decisions.moderatorId,
    })
    .from(appeals)
    .innerJoin(decisions, eq(decisions.id, appeals.decisionId))
    .where(eq(appeals.id, appealId));
  return row ?? null;
}
