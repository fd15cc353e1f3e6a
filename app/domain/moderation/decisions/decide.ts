import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { RuleSlug } from '~/domain/community/vocabularies';
import { ACTIONS, type ChosenAction } from '~/domain/moderation/actions';
import {
  type CaseSubject,
  caseSubjectOf,
  choicesOf,
  findCaseSubject,
} from '~/domain/moderation/cases/case-subject';
import { causesOf, openCase, type SubjectRef } from '~/domain/moderation/cases/open-case';
import { settleNotices } from '~/domain/moderation/dsa/notice';
import { requirePower } from '~/domain/moderation/permissions';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { appeals, cases, decisions, users } from '~db/schema';
import { recordCaseChanges } from './case-changes';
import type { ActionDetails } from './effects/effect';
import { EFFECTS } from './effects/effects';
import { record } from './record';

export interface NewDecision {
  caseId: string;
  action: ChosenAction;
  /** The rule; required for every action that restricts a person or their posts. */
  rule: RuleSlug | null;
  /** A note to the author, in addition to the rule. */
  note: string;
  /** A note for moderators only. */
  privateNote?: string;
  details?: ActionDetails;
  /**
   * The version the moderator saw: the revision of the text, and the id of the post's latest
   * decision ('' for none). Without it, a closed case can only be restored.
   */
  seen: { revision?: number | undefined; decision?: string | undefined };
  /** The slug of a saved reply that goes before the note, in the language of the recipient. */
  canned?: string | null;
  /** Shared by decisions that were made together. */
  batchId?: string;
}

/**
 * Decides on a case: applies the action, records it, closes the case and notifies the person
 * concerned, all in the caller's transaction. Returns the decision's id.
 * @throws DomainError `missing`; `invalid` if a rule or a detail is missing; `refused` for a case
 * about oneself or an administrator, if another moderator has decided meanwhile, or if the text has
 * been changed meanwhile.
 */
export async function decide(
  tx: Db,
  app: AppContext,
  moderator: Person,
  input: NewDecision,
): Promise<string> {
  const subject = await findCaseSubject(tx, input.caseId);
  if (!subject) throw new DomainError('missing', 'site.problem.404.title');
  const scope = { caseId: input.caseId, authorId: subject.author.id };
  return decideRecorded(tx, app, moderator, input, await recordCaseChanges(tx, scope));
}

/**
 * The same for a post or person without a case: opens a case, or uses the open one. Returns the
 * case's id.
 * @throws DomainError as `decide` does.
 */
export async function decideOn(
  tx: Db,
  app: AppContext,
  moderator: Person,
  ref: SubjectRef,
  input: Omit<NewDecision, 'caseId'>,
): Promise<string> {
  const subject = await caseSubjectOf(tx, ref);
  if (!subject) throw new DomainError('missing', 'site.problem.404.title');
  const scope = { caseId: null, authorId: subject.author.id };
  const caseChanges = await recordCaseChanges(tx, scope);
  const caseId = await openCase(tx, app.clock, { subject: ref, cause: 'moderator' });
  await decideRecorded(tx, app, moderator, { ...input, caseId }, caseChanges);
  return caseId;
}

async function decideRecorded(
  tx: Db,
  app: AppContext,
  moderator: Person,
  input: NewDecision,
  caseChanges: Awaited<ReturnType<typeof recordCaseChanges>>,
): Promise<string> {
  const subject = await findCaseSubject(tx, input.caseId);
  if (!subject) throw new DomainError('missing', 'site.problem.404.title');
  await requirePower(tx, app.clock, moderator, subject.author);
  await refuseIfOvertaken(tx, app, subject, input);
  const facts = ACTIONS[input.action];
  const rule = facts.limits || facts.rule ? (input.rule ?? facts.rule) : null;
  if (facts.limits && !rule) {
    throw new DomainError('invalid', 'moderation.error.ruleNeeded', { field: 'reason' });
  }
  const { details = {} } = input;
  const id = newId(app.clock.now());
  const causes = (await causesOf(tx, [input.caseId])).get(input.caseId) ?? [];
  const given = { tx, app, moderatorId: moderator.id, subject, details, decisionId: id };
  const effect = await EFFECTS[input.action].apply(given);
  if (facts.closes) {
    await closeCase(tx, app, input.caseId);
    await settleNotices(tx, app, input.caseId, { id, action: input.action });
  }
  const recorded = await record(tx, app, {
    id,
    subject,
    causes,
    moderatorId: moderator.id,
    action: input.action,
    rule,
    note: noteOf(app, subject, input),
    privateNote: input.privateNote ?? '',
    until: effect.until,
    change: { ...effect.change, ...(await caseChanges()) },
    batchId: input.batchId,
  });
  await effect.after?.(recorded);
  return recorded.id;
}

/** Returns the note as sent: the saved reply first, in the recipient's language. */
export function noteOf(
  { community }: Pick<AppContext, 'community'>,
  { author }: Pick<CaseSubject, 'author'>,
  { note, canned }: Pick<NewDecision, 'note' | 'canned'>,
): string {
  const language = author.language ?? DEFAULT_LOCALE;
  const words = canned ? community.text('reply', canned, language).description : '';
  return [words, note].filter((part) => part !== '').join('\n\n');
}

/** Closes a case, unless it has an open appeal. */
export async function closeCase(tx: Db, app: AppContext, caseId: string): Promise<void> {
  if (await hasOpenAppeal(tx, caseId)) return;
  await tx
    .update(cases)
    .set({ closedAt: app.clock.now(), claimedById: null, claimedUntil: null })
    .where(and(eq(cases.id, caseId), isNull(cases.closedAt)));
}

async function hasOpenAppeal(db: Db, caseId: string): Promise<boolean> {
  const rows = await db
    .select({ id: appeals.id })
    .from(appeals)
    .leftJoin(decisions, eq(decisions.appealId, appeals.id))
    .where(and(eq(appeals.caseId, caseId), isNull(decisions.id)))
    .limit(1);
  return rows.length > 0;
}

/** Refuses to decide on what the moderator has not seen: another decision, a changed text. */
async function refuseIfOvertaken(
  tx: Db,
  { clock }: AppContext,
  subject: CaseSubject,
  { action, seen }: NewDecision,
): Promise<void> {
  const { post, open } = subject;
  const latest = post ? await latestOn(tx, post.id) : null;
  const stale = 'restore' === action || ACTIONS[action].about !== 'post';
  const knows = seen.decision === undefined ? open || stale : seen.decision === (latest?.id ?? '');
  const possible = choicesOf(clock, subject).includes(action);
  if (latest && !(knows && possible)) {
    throw new DomainError('refused', 'moderation.error.decided', {
      values: { moderator: latest.moderator ?? '', action: latest.action },
    });
  }
  if (!possible) throw new DomainError('refused', 'moderation.error.notPossible');
  if (post && seen.revision !== undefined && seen.revision !== post.revision) {
    throw new DomainError('refused', 'moderation.error.textChanged');
  }
}

/** Returns the latest decision on a post that had an effect for readers or settled a case. */
async function latestOn(db: Db, postId: string) {
  const [latest] = await db
    .select({ id: decisions.id, action: decisions.action, moderator: users.handle })
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.moderatorId))
    .where(eq(decisions.postId, postId))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(1);
  return latest ?? null;
}
