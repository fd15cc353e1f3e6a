import { and, eq, isNull } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { type CaseSubject, matterOfDecision } from '~/domain/moderation/cases/case-subject';
import { requirePower } from '~/domain/moderation/permissions';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { appeals, decisions } from '~db/schema';
import type { DecisionAction } from '~db/schema/moderation';
import type { Decision, Undone } from './effects/effect';
import { effectOf } from './effects/effects';
import { record } from './record';

export interface Undoing {
  decisionId: string;
  note: string;
  privateNote?: string;
}

/**
 * Reverses a decision, in the caller's transaction; this is a decision too. It also grants an open
 * appeal against it. Returns the new decision's id.
 * @throws DomainError `missing`; `refused` if it is already reversed or can no longer be.
 */
export async function undo(
  tx: Db,
  app: AppContext,
  moderator: Person,
  { decisionId, note, privateNote = '' }: Undoing,
): Promise<string> {
  const { decision, matter } = await readDecision(tx, decisionId);
  await requirePower(tx, app.clock, moderator, matter.author);
  const { action, effect } = await takeBack(tx, app, decision, matter);
  const recorded = await record(tx, app, {
    matter,
    moderatorId: moderator.id,
    action,
    rule: null,
    note,
    privateNote,
    change: effect.change,
    undoesId: decision.id,
    appealId: (await openAppealAgainst(tx, decision.id)) ?? undefined,
  });
  await effect.after?.(recorded);
  return recorded.id;
}

/**
 * Returns a decision with its subject.
 * @throws DomainError `missing`
 */
export async function readDecision(
  db: Db,
  id: string,
): Promise<{ decision: Decision; matter: CaseSubject }> {
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, id));
  const matter = decision && (await matterOfDecision(db, decision));
  if (!decision || !matter) throw new DomainError('missing', 'site.problem.404.title');
  return { decision, matter };
}

/** Returns the open appeal against a decision; null if there is none. */
async function openAppealAgainst(db: Db, decisionId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: appeals.id })
    .from(appeals)
    .leftJoin(decisions, eq(decisions.appealId, appeals.id))
    .where(and(eq(appeals.decisionId, decisionId), isNull(decisions.id)));
  return row?.id ?? null;
}

/** True if a decision has been reversed. */
export async function isTakenBack(db: Db, decisionId: string): Promise<boolean> {
  const rows = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(eq(decisions.undoesId, decisionId));
  return rows.length > 0;
}

/**
 * Undoes the effect of a decision, and returns the action for the record.
 * @throws DomainError `refused` if nothing is left to undo.
 */
export async function takeBack(
  tx: Db,
  app: AppContext,
  decision: Decision,
  matter: CaseSubject,
): Promise<Undone> {
  if (await isTakenBack(tx, decision.id)) {
    throw new DomainError('refused', 'moderation.error.takenBack');
  }
  const change = decision.change ?? {};
  const done = await effectOf(decision.action)?.undo?.({ tx, app, matter, decision, change });
  if (!done) throw new DomainError('refused', 'moderation.error.movedOn');
  return done;
}

/** True if decisions with this action can be reversed. */
export function isUndoable(action: DecisionAction): boolean {
  return effectOf(action)?.undo !== undefined;
}
