import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { ACTIONS } from '~/domain/moderation/actions';
import { type CaseSubject, subjectOfDecision } from '~/domain/moderation/cases/case-subject';
import { requirePower } from '~/domain/moderation/permissions';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import { isAfter } from '~db/position';
import { appeals, caseCauses, cases, decisions } from '~db/schema';
import type { DecisionAction } from '~db/schema/moderation';
import { putCasesBack, recordCaseChanges } from './case-changes';
import type { Decision, Undone } from './effects/effect';
import { effectOf } from './effects/effects';
import { record } from './record';
import { stands, undoneBy } from './standing';
import { withdraw } from './statement-of-reasons';

export interface Undoing {
  decisionId: string;
  note: string;
  privateNote?: string;
}

/**
 * Reverses a decision, in the caller's transaction; this is a decision too. It also grants an open
 * appeal against it. Its cases and everything else are as before. People who were not yet notified of
 * the decision are not notified of the reversal either. Returns the new decision's id.
 * @throws DomainError `missing`; `refused` if it is already reversed or can no longer be, for example
 * because a later decision changed the same thing.
 */
export async function undo(
  tx: Db,
  app: AppContext,
  moderator: Person,
  { decisionId, note, privateNote = '' }: Undoing,
): Promise<string> {
  const { decision, subject } = await readDecision(tx, decisionId);
  await requirePower(tx, app.clock, moderator, subject.author);
  if (await isOvertaken(tx, decision)) throw new DomainError('refused', 'moderation.error.movedOn');
  const scope = { caseId: decision.caseId, authorId: subject.author.id };
  const caseChanges = await recordCaseChanges(tx, scope);
  const appeal = await openAppealAgainst(tx, decision.id);
  if (appeal) await closeAppealCase(tx, app, appeal);
  await putCasesBack(tx, app.clock, decision);
  const { action, effect } = await takeBack(tx, app, decision, subject);
  const knows = await withdraw(tx, app, decision, subject.author);
  const recorded = await record(tx, app, {
    subject,
    moderatorId: moderator.id,
    action,
    rule: null,
    note,
    privateNote,
    until: effect.until,
    change: { ...effect.change, ...(await caseChanges()) },
    undoesId: decision.id,
    appealId: appeal?.id,
    tells: knows || appeal !== null,
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
): Promise<{ decision: Decision; subject: CaseSubject }> {
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, id));
  const subject = decision && (await subjectOfDecision(db, decision));
  if (!decision || !subject) throw new DomainError('missing', 'site.problem.404.title');
  return { decision, subject };
}

/** Returns the open appeal against a decision; null if there is none. */
async function openAppealAgainst(
  db: Db,
  decisionId: string,
): Promise<Pick<typeof appeals.$inferSelect, 'id' | 'caseId'> | null> {
  const [row] = await db
    .select({ id: appeals.id, caseId: appeals.caseId })
    .from(appeals)
    .leftJoin(decisions, eq(decisions.appealId, appeals.id))
    .where(and(eq(appeals.decisionId, decisionId), isNull(decisions.id)));
  return row ?? null;
}

/** Closes the case of an appeal if there is nothing else in it to decide. */
async function closeAppealCase(
  tx: Db,
  { clock }: AppContext,
  appeal: { id: string; caseId: string },
): Promise<void> {
  const causes = await tx.select().from(caseCauses).where(eq(caseCauses.caseId, appeal.caseId));
  if (causes.some(({ cause, detail }) => cause !== 'appeal' || detail !== appeal.id)) return;
  await tx
    .update(cases)
    .set({ closedAt: clock.now(), claimedById: null, claimedUntil: null })
    .where(and(eq(cases.id, appeal.caseId), isNull(cases.closedAt)));
}

/** Actions that set the same thing anew: undoing one would also undo a later one. */
const SET_ANEW: readonly (readonly DecisionAction[])[] = [
  ['hide', 'restore', 'hold', 'approve'],
  ['title'],
  ['lock', 'unlock'],
  ['pin', 'unpin'],
  ['slow', 'unslow'],
  ['retag'],
  ['duplicate', 'unduplicate'],
];

/** True if a later decision, which still stands, set what this one had set. */
async function isOvertaken(db: Db, decision: Decision): Promise<boolean> {
  const actions = SET_ANEW.find((alike) => alike.includes(decision.action));
  if (!actions) return false;
  const { postId, threadId } = decision;
  const isOnPost = ACTIONS[decision.action].about === 'post';
  const later = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(
      and(
        isOnPost ? eq(decisions.postId, postId ?? '') : eq(decisions.threadId, threadId ?? ''),
        inArray(decisions.action, actions),
        isAfter(decision, decisions),
        isNull(decisions.undoesId),
        stands(),
      ),
    )
    .limit(1);
  return later.length > 0;
}

/**
 * Undoes the effect of a decision, and returns the action for the record.
 * @throws DomainError `refused` if nothing is left to undo.
 */
export async function takeBack(
  tx: Db,
  app: AppContext,
  decision: Decision,
  subject: CaseSubject,
): Promise<Undone> {
  const reversal = await undoneBy(tx, decision.id);
  if (reversal) {
    const href = pathTo('/decisions/:id', { id: reversal });
    throw new DomainError('refused', 'moderation.error.takenBack', { href });
  }
  const change = decision.change ?? {};
  const done = await effectOf(decision.action)?.undo?.({ tx, app, subject, decision, change });
  if (!done) throw new DomainError('refused', 'moderation.error.movedOn');
  return done;
}

/** True if decisions with this action can be reversed. */
export function isUndoable(action: DecisionAction): boolean {
  return effectOf(action)?.undo !== undefined;
}
