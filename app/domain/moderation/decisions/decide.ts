import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { RuleSlug } from '~/domain/community/vocabularies';
import { ACTIONS, type Canned, type ChosenAction } from '~/domain/moderation/actions';
import {
  type CaseSubject,
  choicesOf,
  findCaseSubject,
} from '~/domain/moderation/cases/case-subject';
import { outcomeForNotices, settleNotices } from '~/domain/moderation/dsa/notice';
import { requirePower } from '~/domain/moderation/permissions';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { translatorFor } from '~/platform/i18n/translator';
import type { Db } from '~db/client';
import { appeals, cases, decisions, users } from '~db/schema';
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
  /** A standard text before the note, in the language of the recipient. */
  canned?: Canned | null;
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
  const matter = await findCaseSubject(tx, input.caseId);
  if (!matter) throw new DomainError('missing', 'site.problem.404.title');
  await requirePower(tx, app.clock, moderator, matter.author);
  await refuseIfOvertaken(tx, app, matter, input);
  const facts = ACTIONS[input.action];
  const rule = facts.limits || facts.rule ? (input.rule ?? facts.rule) : null;
  if (facts.limits && !rule) {
    throw new DomainError('invalid', 'moderation.error.ruleNeeded', { field: 'reason' });
  }
  const { details = {} } = input;
  const effect = await EFFECTS[input.action].apply({ tx, app, matter, details });
  const recorded = await record(tx, app, {
    matter,
    moderatorId: moderator.id,
    action: input.action,
    rule,
    note: noteOf(matter, input),
    privateNote: input.privateNote ?? '',
    until: effect.until,
    change: effect.change,
    batchId: input.batchId,
  });
  await effect.after?.(recorded);
  if (facts.closes) {
    await closeCase(tx, app, input.caseId);
    await settleNotices(tx, app, input.caseId, outcomeForNotices(input.action));
  }
  return recorded.id;
}

/** Returns the note as sent: the standard text first, in the recipient's language. */
export function noteOf(
  { author }: Pick<CaseSubject, 'author'>,
  { note, canned }: Pick<NewDecision, 'note' | 'canned'>,
): string {
  const words = canned ? translatorFor(author.language).t(`moderation.canned.${canned}`) : '';
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

/**
 * Prevents decisions on something the moderator has not seen: another decision or a changed text.
 */
async function refuseIfOvertaken(
  tx: Db,
  { clock }: AppContext,
  matter: CaseSubject,
  { action, seen }: NewDecision,
): Promise<void> {
  const { post, open } = matter;
  const latest = post ? await latestOn(tx, post.id) : null;
  const stale = 'restore' === action || ACTIONS[action].about !== 'post';
  const knows = seen.decision === undefined ? open || stale : seen.decision === (latest?.id ?? '');
  const possible = choicesOf(clock, matter).includes(action);
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
