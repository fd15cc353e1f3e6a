import { and, count, desc, eq, gte } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { decisions, flags, posts, threads, users } from '../../db/schema';
import type { DecisionAction } from '../../db/schema/moderation';
import { type Clock, DAY } from '../clock';
import { publicThread } from '../conversation/visibility';

export const DECISIONS_PER_PAGE = 50;

const FIGURES_DAYS = 30;

/**
 * The public record of what moderators did, newest first; `page` counts from 1. It holds neither
 * the text nor its author, and names the thread only while everybody may read that.
 */
export async function readLog(db: Db, page: number) {
  const [counted] = await db.select({ decisions: count() }).from(decisions);
  const rows = await db
    .select({
      id: decisions.id,
      /** For moderators only. */
      caseId: decisions.caseId,
      createdAt: decisions.createdAt,
      action: decisions.action,
      rule: decisions.rule,
      moderator: users.handle,
      thread: {
        id: threads.id,
        slug: threads.slug,
        title: threads.title,
        language: threads.language,
      },
    })
    .from(decisions)
    .innerJoin(users, eq(users.id, decisions.moderatorId))
    .innerJoin(posts, eq(posts.id, decisions.postId))
    .leftJoin(threads, and(eq(threads.id, posts.threadId), publicThread()))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(DECISIONS_PER_PAGE)
    .offset((page - 1) * DECISIONS_PER_PAGE);
  const pages = Math.max(1, Math.ceil((counted?.decisions ?? 0) / DECISIONS_PER_PAGE));
  return { page, pages, rows };
}

export interface Figures {
  /** How far back they look. */
  days: number;
  flags: number;
  decisions: Record<DecisionAction, number>;
  /** Hidden posts by the rule that was named, the most frequent first. */
  hiddenByRule: { rule: string; count: number }[];
}

/** What happened in the last 30 days, counted: flags by their day, decisions by theirs. */
export async function readFigures(db: Db, clock: Clock): Promise<Figures> {
  const since = clock.now() - FIGURES_DAYS * DAY;
  const [flagged] = await db
    .select({ count: count() })
    .from(flags)
    .where(gte(flags.createdAt, since));
  const rows = await db
    .select({ action: decisions.action, rule: decisions.rule, count: count() })
    .from(decisions)
    .where(gte(decisions.createdAt, since))
    .groupBy(decisions.action, decisions.rule);
  const byAction: Figures['decisions'] = { hide: 0, restore: 0, approve: 0, dismiss: 0 };
  const hiddenByRule: Figures['hiddenByRule'] = [];
  for (const { action, rule, count } of rows) {
    byAction[action] += count;
    if (action === 'hide' && rule) hiddenByRule.push({ rule, count });
  }
  hiddenByRule.sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule));
  return { days: FIGURES_DAYS, flags: flagged?.count ?? 0, decisions: byAction, hiddenByRule };
}
