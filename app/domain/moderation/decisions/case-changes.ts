import { and, between, eq, inArray, isNull, ne, not, or } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { ACTIONS } from '~/domain/moderation/actions';
import { isAbout, type SubjectRef } from '~/domain/moderation/cases/open-case';
import type { Clock } from '~/platform/clock';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { caseCauses, cases, decisions, flags, legalNotices, posts } from '~db/schema';
import type { CaseCause } from '~db/schema/moderation';
import { isItsUndoing, stands, undoing } from './standing';

/** The state of a case: when it was closed, who has claimed it; UTC ms. */
interface CaseState {
  closedAt: number | null;
  claimedById: string | null;
  claimedUntil: number | null;
}

interface Cause {
  caseId: string;
  cause: CaseCause;
  detail: string;
}

/** What a decision changed about cases, kept in its `change` for undoing it. */
export interface CaseChanges {
  /** `before` is null for a case that the decision opened. */
  cases: { id: string; before: CaseState | null; after: CaseState }[];
  /** Causes that were added to a case. */
  causes: Cause[];
  /** Legal reports that were answered. */
  notices: string[];
}

type Snapshot = Awaited<ReturnType<typeof snapshot>>;

/**
 * Starts to record what happens to the cases about a person and their posts, and to the given case.
 * Call the result when everything is done: it is part of the decision's `change`.
 */
export async function recordCaseChanges(
  tx: Db,
  scope: { caseId: string | null; authorId: string },
): Promise<() => Promise<{ cases?: CaseChanges }>> {
  const before = await snapshot(tx, scope);
  return async () => {
    const changes = difference(before, await snapshot(tx, scope));
    return Object.values(changes).some((list) => list.length > 0) ? { cases: changes } : {};
  };
}

async function snapshot(db: Db, { caseId, authorId }: { caseId: string | null; authorId: string }) {
  const theirs = db
    .select({ id: posts.id })
    .from(postsInAnyState)
    .where(eq(posts.authorId, authorId));
  const rows = await db
    .select()
    .from(cases)
    .where(
      or(eq(cases.id, caseId ?? ''), eq(cases.personId, authorId), inArray(cases.postId, theirs)),
    );
  const ids = idsOf(rows);
  const causes = await db.select().from(caseCauses).where(inArray(caseCauses.caseId, ids));
  const waiting = await db
    .select({ id: legalNotices.id })
    .from(legalNotices)
    .where(and(inArray(legalNotices.caseId, ids), isNull(legalNotices.decidedAt)));
  return {
    cases: new Map(rows.map((row) => [row.id, stateOf(row)])),
    causes: causes.map(({ caseId, cause, detail }) => ({ caseId, cause, detail })),
    notices: idsOf(waiting),
  };
}

function difference(before: Snapshot, after: Snapshot): CaseChanges {
  const known = new Set(before.causes.map(nameOf));
  const waiting = new Set(after.notices);
  return {
    cases: [...after.cases].flatMap(([id, state]) => {
      const earlier = before.cases.get(id) ?? null;
      // A case that one decision opened and closed was never visible as open.
      if (!earlier && state.closedAt !== null) return [];
      return earlier && isSame(earlier, state) ? [] : [{ id, before: earlier, after: state }];
    }),
    causes: after.causes.filter((one) => before.cases.has(one.caseId) && !known.has(nameOf(one))),
    notices: before.notices.filter((id) => !waiting.has(id)),
  };
}

/**
 * Puts cases back to how they were before a decision, in the transaction that undoes it. A case
 * stays closed while another decision on it still stands; undoing that one reopens it.
 */
export async function putCasesBack(
  tx: Db,
  clock: Clock,
  decision: typeof decisions.$inferSelect,
): Promise<void> {
  const changes = changesOf(decision);
  const undone = decision.caseId ? await undoneIn(tx, decision.caseId) : [];
  for (const one of [decision, ...undone]) {
    for (const change of changesOf(one)?.cases ?? []) {
      await putCaseBack(tx, clock, change, { madeAt: one.createdAt, undoneId: decision.id });
    }
  }
  for (const { caseId, cause, detail } of changes?.causes ?? []) {
    await tx
      .delete(caseCauses)
      .where(
        and(
          eq(caseCauses.caseId, caseId),
          eq(caseCauses.cause, cause),
          eq(caseCauses.detail, detail),
        ),
      );
  }
  await tx
    .update(legalNotices)
    .set({ decidedAt: null })
    .where(inArray(legalNotices.id, changes?.notices ?? []));
}

async function putCaseBack(
  tx: Db,
  clock: Clock,
  { id, before, after }: CaseChanges['cases'][number],
  /** When the decision was made that changed it, and which decision is being undone. */
  { madeAt, undoneId }: { madeAt: number; undoneId: string },
): Promise<void> {
  const [now] = await tx.select().from(cases).where(eq(cases.id, id));
  // The case has been changed since.
  if (!now || now.closedAt !== after.closedAt) return;
  if (before === null) {
    const inCase = eq(caseCauses.caseId, id);
    // Others came since, or with an older case that has joined this one.
    const isOwn = between(caseCauses.createdAt, now.openedAt, madeAt);
    const others = await tx
      .select({ at: caseCauses.createdAt })
      .from(caseCauses)
      .where(and(inCase, not(isOwn)))
      .limit(1);
    if (others.length > 0) await tx.delete(caseCauses).where(and(inCase, isOwn));
    else await tx.update(cases).set({ closedAt: clock.now() }).where(eq(cases.id, id));
    return;
  }
  if (before.closedAt === null && after.closedAt !== null) {
    if (await isSettled(tx, id, undoneId)) return;
    const other = await otherOpen(tx, now);
    if (other) return joinCase(tx, id, other);
  }
  await tx.update(cases).set(before).where(eq(cases.id, id));
}

/** True if another decision closed the case and has not been undone. */
async function isSettled(db: Db, caseId: string, exceptId: string): Promise<boolean> {
  const rows = await db
    .select({ action: decisions.action })
    .from(decisions)
    .where(
      and(
        eq(decisions.caseId, caseId),
        ne(decisions.id, exceptId),
        isNull(decisions.partOfId),
        isNull(decisions.undoesId),
        isNull(decisions.appealId),
        stands(),
      ),
    );
  return rows.some(({ action }) => ACTIONS[action].closes);
}

/** The decisions on a case that were undone while another one kept it closed. */
async function undoneIn(db: Db, caseId: string) {
  const rows = await db
    .select({ decision: decisions })
    .from(decisions)
    .innerJoin(undoing, isItsUndoing)
    .where(and(eq(decisions.caseId, caseId), isNull(decisions.undoesId)));
  return rows.map(({ decision }) => decision);
}

/** A case about the same subject that was opened since; there can be only one open case. */
async function otherOpen(db: Db, one: typeof cases.$inferSelect): Promise<string | null> {
  const subject = subjectOf(one);
  const [row] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(isAbout(subject), isNull(cases.closedAt)));
  return row?.id ?? null;
}

function subjectOf({ postId, threadId, personId }: typeof cases.$inferSelect): SubjectRef {
  if (postId) return { postId };
  return threadId ? { threadId } : { personId: personId ?? '' };
}

/** Moves what is unsettled in a case into another one about the same subject. */
async function joinCase(tx: Db, from: string, to: string): Promise<void> {
  const causes = await tx.select().from(caseCauses).where(eq(caseCauses.caseId, from));
  for (const cause of causes) {
    await tx
      .insert(caseCauses)
      .values({ ...cause, caseId: to })
      .onConflictDoNothing();
  }
  await tx.update(flags).set({ caseId: to }).where(eq(flags.caseId, from));
  await tx.update(legalNotices).set({ caseId: to }).where(eq(legalNotices.caseId, from));
}

function changesOf({ change }: Pick<typeof decisions.$inferSelect, 'change'>): CaseChanges | null {
  return (change?.cases as CaseChanges | undefined) ?? null;
}

function stateOf({ closedAt, claimedById, claimedUntil }: CaseState): CaseState {
  return { closedAt, claimedById, claimedUntil };
}

function isSame(one: CaseState, other: CaseState): boolean {
  return (
    one.closedAt === other.closedAt &&
    one.claimedById === other.claimedById &&
    one.claimedUntil === other.claimedUntil
  );
}

function nameOf({ caseId, cause, detail }: Cause): string {
  return `${caseId} ${cause} ${detail}`;
}
