import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { ACTIONS } from '~/domain/moderation/actions';
import { openCase, type SubjectRef } from '~/domain/moderation/cases/open-case';
import { hasOtherModerator, requirePower } from '~/domain/moderation/permissions';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { appeals, caseCauses, decisions, users } from '~db/schema';
import { closeCase } from './decide';
import { record } from './record';
import { undoneBy } from './standing';
import { APPEAL_DAYS } from './statement-of-reasons';
import { readDecision, takeBack } from './undo';

/** Maximum length of an appeal, in characters. */
export const APPEAL_LENGTH = 4000;

/** The possible outcomes of an appeal. */
export const APPEAL_OUTCOMES = ['uphold', 'reverse'] as const;

type Decision = typeof decisions.$inferSelect;

/** Why a person may not appeal. */
export type NoAppeal = 'none' | 'made' | 'late' | 'takenBack';

/** Returns why the person concerned may not appeal against a decision now; null if they may. */
export async function whyNoAppeal(
  db: Db,
  app: Pick<AppContext, 'clock'>,
  decision: Pick<Decision, 'id' | 'action' | 'partOfId' | 'appealId' | 'createdAt'>,
): Promise<NoAppeal | null> {
  if (!ACTIONS[decision.action].limits || decision.partOfId) return 'none';
  const made = await db.select().from(appeals).where(eq(appeals.decisionId, decision.id));
  if (made.length > 0) return 'made';
  if (await undoneBy(db, decision.id)) return 'takenBack';
  return decision.createdAt + APPEAL_DAYS * DAY < app.clock.now() ? 'late' : null;
}

/**
 * Appeals against a decision: once, by the person concerned. Opens the case about its subject, or
 * adds to the open one. Returns the appeal's id.
 * @throws DomainError `missing` for everyone else; `refused` if it cannot be appealed, or not
 * again.
 */
export async function appeal(
  tx: Db,
  app: AppContext,
  person: Person,
  { decisionId, body }: { decisionId: string; body: string },
): Promise<string> {
  const { decision } = await readDecision(tx, decisionId);
  if (decision.authorId !== person.id) throw new DomainError('missing', 'site.problem.404.title');
  const why = await whyNoAppeal(tx, app, decision);
  if (why) throw new DomainError('refused', `moderation.appeal.no.${why}`);
  const now = app.clock.now();
  const id = newId(now);
  const subject = subjectOf(decision);
  const caseId = await openCase(tx, app.clock, { subject, cause: 'appeal', detail: id });
  await tx
    .insert(appeals)
    .values({ id, decisionId, caseId, authorId: person.id, body, createdAt: now });
  return id;
}

function subjectOf({ action, postId, threadId, authorId }: Decision): SubjectRef {
  const { about } = ACTIONS[action];
  if (about === 'thread' && threadId) return { threadId };
  if (about === 'post' && postId) return { postId };
  return { personId: authorId };
}

/** Returns the open appeals in a case, with the decisions they are against. */
export async function openAppeals(db: Db, caseId: string) {
  const outcome = decisions;
  const waiting = await db
    .select({ appeal: appeals })
    .from(appeals)
    .leftJoin(outcome, eq(outcome.appealId, appeals.id))
    .where(and(eq(appeals.caseId, caseId), isNull(outcome.id)))
    .orderBy(asc(appeals.createdAt), asc(appeals.id));
  const found = [];
  for (const { appeal } of waiting) {
    const [against] = await db
      .select({ decision: decisions, moderator: users.handle })
      .from(decisions)
      .leftJoin(users, eq(users.id, decisions.moderatorId))
      .where(eq(decisions.id, appeal.decisionId));
    if (against) found.push({ ...appeal, against: { ...against.decision, by: against.moderator } });
  }
  return found;
}

/** True if a moderator may decide on an appeal: not on their own decision if others can. */
export async function mayHear(
  db: Db,
  app: Pick<AppContext, 'clock'>,
  moderatorId: string,
  against: Pick<Decision, 'moderatorId' | 'authorId'>,
): Promise<boolean> {
  if (against.moderatorId !== moderatorId) return true;
  return !(await hasOtherModerator(db, app.clock, [moderatorId, against.authorId]));
}

export interface AppealOutcome {
  caseId: string;
  appealId: string;
  action: 'uphold' | 'reverse';
  note: string;
  privateNote?: string;
}

/**
 * Decides on an appeal: upholds or reverses the decision. This is a decision too, and the author is
 * notified. Returns its id.
 * @throws DomainError `missing`; `refused` for one's own decision while someone else could decide,
 * and for an appeal that was decided meanwhile.
 */
export async function decideAppeal(
  tx: Db,
  app: AppContext,
  moderator: Person,
  { caseId, appealId, action, note, privateNote = '' }: AppealOutcome,
): Promise<string> {
  const open = (await openAppeals(tx, caseId)).find(({ id }) => id === appealId);
  if (!open) throw new DomainError('refused', 'moderation.error.appealDecided');
  const { decision, subject } = await readDecision(tx, open.decisionId);
  await requirePower(tx, app.clock, moderator, subject.author);
  if (!(await mayHear(tx, app, moderator.id, decision))) {
    throw new DomainError('refused', 'moderation.error.ownDecision');
  }
  const taken = action === 'reverse' ? await takeBack(tx, app, decision, subject) : null;
  const recorded = await record(tx, app, {
    subject: { ...subject, caseId },
    moderatorId: moderator.id,
    action,
    rule: decision.rule,
    note,
    privateNote,
    change: taken?.effect.change,
    undoesId: taken ? decision.id : undefined,
    appealId,
  });
  await taken?.effect.after?.(recorded);
  if (!(await hasOtherCause(tx, caseId))) await closeCase(tx, app, caseId);
  return recorded.id;
}

/** True if a case has other causes than appeals, and no other decision yet. */
async function hasOtherCause(tx: Db, caseId: string): Promise<boolean> {
  const causes = await tx.select().from(caseCauses).where(eq(caseCauses.caseId, caseId));
  if (causes.every(({ cause }) => cause === 'appeal')) return false;
  const decided = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.caseId, caseId), isNull(decisions.appealId)));
  return decided.length === 0;
}
