import { and, asc, eq, notInArray } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { RuleSlug } from '~/domain/community/vocabularies';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { practiceAnswers, practiceCases } from '~db/schema';
import type { PracticeMatter } from '~db/schema/practice';
import cases from '~db/seed/practice.json';

/** The possible decisions on a practice case, by its cause. */
const ACTIONS = {
  held: ['approve', 'hide'],
  flag: ['hide', 'dismiss'],
} as const;

export type PracticeAction = (typeof ACTIONS)[keyof typeof ACTIONS][number];

export const PRACTICE_ACTIONS: readonly PracticeAction[] = ['approve', 'hide', 'dismiss'];

/** Stores the cases of `db/seed/practice.json`; repeating it updates them and keeps answers. */
export async function fillPractice(tx: Db): Promise<{ cases: number }> {
  const ids = idsOf(cases);
  await tx.delete(practiceCases).where(notInArray(practiceCases.id, ids));
  for (const [at, { id, matter, action, rule, why }] of cases.entries()) {
    const row = { position: at + 1, matter: matter as PracticeMatter, action, rule, why };
    await tx
      .insert(practiceCases)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: practiceCases.id, set: row });
  }
  return { cases: cases.length };
}

/** Returns all practice cases in order, with the moderator's answers so far. */
export async function practiceQueue(db: Db, moderator: Person) {
  const rows = await db.select().from(practiceCases).orderBy(asc(practiceCases.position));
  const answers = await db
    .select()
    .from(practiceAnswers)
    .where(eq(practiceAnswers.moderatorId, moderator.id));
  const given = new Map(answers.map((answer) => [answer.caseId, answer]));
  return rows.map(({ id, position, matter, action }) => {
    const answer = given.get(id);
    return { id, position, matter, agrees: answer ? answer.action === action : null };
  });
}

/** Returns a practice case; the solution is included only after the moderator has decided. */
export async function practiceCase(db: Db, moderator: Person, id: string) {
  const [row] = await db.select().from(practiceCases).where(eq(practiceCases.id, id));
  if (!row) return null;
  const [answer] = await db.select().from(practiceAnswers).where(answerOf(moderator, id));
  const { position, matter, action, rule, why } = row;
  return {
    id,
    position,
    of: await countOf(db, practiceCases),
    matter,
    choices: ACTIONS[matter.cause],
    answer: answer ? { action: answer.action, rule: answer.rule } : null,
    solution: answer ? { action, rule, why } : null,
  };
}

export interface PracticeAnswer {
  caseId: string;
  action: PracticeAction;
  rule: RuleSlug | null;
}

/**
 * Stores a moderator's decision on a practice case; deciding again replaces it.
 * @throws DomainError `missing`; `invalid` for hiding without a rule, as in a real case.
 */
export async function answerPractice(
  tx: Db,
  clock: Clock,
  moderator: Person,
  { caseId, action, rule }: PracticeAnswer,
): Promise<void> {
  const [row] = await tx.select().from(practiceCases).where(eq(practiceCases.id, caseId));
  if (!row) throw new DomainError('missing', 'site.problem.404.title');
  const choices: readonly string[] = ACTIONS[row.matter.cause];
  if (!choices.includes(action)) throw new DomainError('refused', 'moderation.error.notPossible');
  if (action === 'hide' && !rule) {
    throw new DomainError('invalid', 'moderation.error.ruleNeeded', { field: 'reason' });
  }
  const given = { action, rule: action === 'hide' ? rule : null, answeredAt: clock.now() };
  await tx
    .insert(practiceAnswers)
    .values({ caseId, moderatorId: moderator.id, ...given })
    .onConflictDoUpdate({
      target: [practiceAnswers.caseId, practiceAnswers.moderatorId],
      set: given,
    });
}

function answerOf(moderator: Person, caseId: string) {
  return and(eq(practiceAnswers.caseId, caseId), eq(practiceAnswers.moderatorId, moderator.id));
}
