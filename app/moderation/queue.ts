import { asc, count, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { cases, flags, posts, threads, users } from '../../db/schema';
import { causesOf } from './open-case';

export const CASES_PER_PAGE = 25;

export type Queue = Awaited<ReturnType<typeof readQueue>>;
export type QueuedCase = Queue['cases'][number];

/** Open cases, the one that has waited longest first; `page` counts from 1. */
export async function readQueue(db: Db, page: number) {
  const [counted] = await db.select({ open: count() }).from(cases).where(isNull(cases.closedAt));
  const rows = await db
    .select({
      id: cases.id,
      openedAt: cases.openedAt,
      post: {
        excerpt: posts.excerpt,
        language: posts.language,
        country: posts.country,
        region: posts.region,
      },
      author: users.handle,
      thread: { title: threads.title, language: threads.language },
    })
    .from(cases)
    .innerJoin(posts, eq(posts.id, cases.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(isNull(cases.closedAt))
    .orderBy(asc(cases.openedAt), asc(cases.id))
    .limit(CASES_PER_PAGE)
    .offset((page - 1) * CASES_PER_PAGE);
  const ids = rows.map((row) => row.id);
  const reasons = await flagReasons(db, ids);
  const causes = await causesOf(db, ids);
  const open = counted?.open ?? 0;
  return {
    open,
    page,
    pages: Math.max(1, Math.ceil(open / CASES_PER_PAGE)),
    cases: rows.map((row) => ({
      ...row,
      causes: causes.get(row.id) ?? [],
      reasons: reasons.get(row.id) ?? [],
    })),
  };
}

/** How often each reason was given, by case; the most frequent first. */
async function flagReasons(db: Db, caseIds: string[]) {
  const byCase = new Map<string, { reason: string; count: number }[]>();
  if (caseIds.length === 0) return byCase;
  const rows = await db
    .select({ caseId: flags.caseId, reason: flags.reason, count: count() })
    .from(flags)
    .where(inArray(flags.caseId, caseIds))
    .groupBy(flags.caseId, flags.reason);
  for (const { caseId, ...reason } of rows) {
    byCase.set(caseId, [...(byCase.get(caseId) ?? []), reason]);
  }
  for (const list of byCase.values()) list.sort((a, b) => b.count - a.count);
  return byCase;
}
