import { and, count, desc, eq, gte, isNull, lt, or } from 'drizzle-orm';
import { postsInAnyState, publicThread } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { appeals, decisions, posts, threads, users } from '~db/schema';
import { outcomeOfRecord } from './outcome';

const DECISIONS_PER_PAGE = 50;

/** Each action once: the parts of a larger one stand with it. */
const listed = isNull(decisions.partOfId);

const answered = alias(decisions, 'answered');
const takenBack = alias(decisions, 'taken_back');

/**
 * The public record of what moderators did, newest first. It holds neither the text nor its
 * author nor any note, and names the thread only while everybody may read that.
 */
async function readEntries(db: Db, where: ReturnType<typeof and>, limit: number, offset = 0) {
  const rows = await db
    .select({
      decision: decisions,
      moderator: users.handle,
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
      takenBackAt: takenBack.createdAt,
      appealedAt: appeals.createdAt,
    })
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.moderatorId))
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
    .leftJoin(takenBack, eq(takenBack.undoesId, decisions.id))
    .leftJoin(appeals, eq(appeals.decisionId, decisions.id))
    .leftJoin(answered, eq(answered.id, decisions.undoesId))
    .where(and(listed, where))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ decision, moderator, thread, against, takenBackAt, appealedAt }) => ({
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
    /** How many posts a spam-clean hid or gave back. */
    posts: typeof decision.change?.posts === 'number' ? decision.change.posts : null,
    /** A decision is taken back by it, on an appeal or without one. */
    undoes: against?.id ? { action: against.action, createdAt: against.createdAt } : null,
    onAppeal: decision.appealId !== null,
    /** The moderator heard an appeal against their own decision, there being no other. */
    ownAppeal: false as boolean,
    moderator,
    thread,
    takenBackAt,
    appealedAt,
    appealId: decision.appealId,
    moderatorId: decision.moderatorId,
  }));
}

export type LogEntry = Awaited<ReturnType<typeof readLog>>['rows'][number];

/** One page of the record, from 1. */
export async function readLog(db: Db, page: number) {
  const [counted] = await db.select({ decisions: count() }).from(decisions).where(listed);
  const found = await readEntries(
    db,
    undefined,
    DECISIONS_PER_PAGE,
    (page - 1) * DECISIONS_PER_PAGE,
  );
  const pages = Math.max(1, Math.ceil((counted?.decisions ?? 0) / DECISIONS_PER_PAGE));
  return { page, pages, rows: await publicEntries(db, found) };
}

/** The newest entries, for a feed. */
export async function newestEntries(db: Db, limit: number): Promise<LogEntry[]> {
  return publicEntries(db, await readEntries(db, undefined, limit));
}

/** Every entry of a time, `[from, until)` in UTC milliseconds; for tables. */
export async function entriesBetween(db: Db, from: number, until: number): Promise<LogEntry[]> {
  const within = and(gte(decisions.createdAt, from), lt(decisions.createdAt, until));
  return publicEntries(db, await readEntries(db, within, 100_000));
}

/** Says of the outcome of each appeal whether it was heard by who had decided before. */
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
