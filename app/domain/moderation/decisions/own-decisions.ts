import { and, desc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import type { Titled } from '~/platform/community/community';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { decisions, threads } from '~db/schema';
import { whyNoAppeal } from './appeal';
import { type Outcome, outcomeOfRecord } from './outcome';
import { isItsUndoing, stands, undoing } from './standing';

const whole = alias(decisions, 'whole');

/** Why a moderator withholds a post. */
export interface Withheld {
  /** The decision whose statement explains it. */
  decisionId: string;
  rule: string | null;
  note: string | null;
  mayAppeal: boolean;
}

/** Returns the decisions that hide or hold these posts and still stand, by post; for their author. */
export async function whyWithheld(
  app: AppContext,
  postIds: readonly string[],
): Promise<Map<string, Withheld>> {
  const db = app.db.reader;
  const found = new Map<string, Withheld>();
  if (postIds.length === 0) return found;
  const rows = await db
    .select({ decision: decisions, whole })
    .from(decisions)
    .leftJoin(whole, eq(whole.id, decisions.partOfId))
    .where(
      and(
        inArray(decisions.postId, [...postIds]),
        inArray(decisions.action, ['hide', 'hold', 'spam-clean']),
        stands(),
      ),
    )
    .orderBy(desc(decisions.createdAt), desc(decisions.id));
  for (const { decision, whole } of rows) {
    const postId = decision.postId ?? '';
    if (found.has(postId)) continue;
    // A part of a larger decision is explained and appealed with the whole.
    const told = whole ?? decision;
    found.set(postId, {
      decisionId: told.id,
      rule: told.rule,
      note: told.note,
      mayAppeal: (await whyNoAppeal(db, app, told)) === null,
    });
  }
  return found;
}

export interface OwnDecision {
  id: string;
  outcome: Outcome;
  until: number | null;
  createdAt: number;
  /** The thread that it was about, if any. */
  thread: Titled | null;
  takenBack: boolean;
}

/**
 * Returns the latest decisions of which a person was told, newest first. A decision that was undone
 * before its author was told of it is not among them.
 */
export async function ownDecisions(
  db: Db,
  personId: string,
  limit: number,
): Promise<OwnDecision[]> {
  const rows = await db
    .select({
      decision: decisions,
      thread: { id: threads.id, title: threads.title, language: threads.language },
      undoneBy: undoing.id,
    })
    .from(decisions)
    .leftJoin(undoing, isItsUndoing)
    .leftJoin(threads, eq(threads.id, decisions.threadId))
    .where(
      and(
        eq(decisions.authorId, personId),
        isNull(decisions.partOfId),
        isNotNull(decisions.told),
        or(isNull(undoing.id), isNotNull(undoing.told)),
      ),
    )
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(limit);
  return rows.map(({ decision, thread, undoneBy }) => ({
    id: decision.id,
    outcome: outcomeOfRecord(decision),
    until: decision.until,
    createdAt: decision.createdAt,
    thread,
    takenBack: undoneBy !== null,
  }));
}
