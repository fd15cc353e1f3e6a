import { and, asc, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { caseCauses, cases } from '~db/schema';
import type { CaseCause } from '~db/schema/moderation';

/** The subject of a case: the id of exactly one post, thread or person. */
export type SubjectRef = { postId: string } | { threadId: string } | { personId: string };

export interface NewCase {
  subject: SubjectRef;
  cause: CaseCause;
  /** The name of a pattern, or the id of a notice or appeal. */
  detail?: string;
}

/** Opens a case about a subject, or adds the cause to its open case; returns the case's id. */
export async function openCase(
  tx: Db,
  clock: Clock,
  { subject, cause, detail = '' }: NewCase,
): Promise<string> {
  const now = clock.now();
  const caseId = (await findOpenCase(tx, subject)) ?? newId(now);
  await tx
    .insert(cases)
    .values({ id: caseId, ...subject, openedAt: now })
    .onConflictDoNothing();
  await tx
    .insert(caseCauses)
    .values({ caseId, cause, detail, createdAt: now })
    .onConflictDoNothing();
  return caseId;
}

/** Returns the open case about a subject; null if there is none. */
async function findOpenCase(db: Db, subject: SubjectRef): Promise<string | null> {
  const [open] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(isAbout(subject), isNull(cases.closedAt)));
  return open?.id ?? null;
}

/** Returns the causes of each case, in the order in which they were added. */
export async function causesOf(
  db: Db,
  caseIds: readonly string[],
): Promise<Map<string, CaseCause[]>> {
  const causes = new Map<string, CaseCause[]>(caseIds.map((id) => [id, []]));
  if (caseIds.length === 0) return causes;
  const rows = await db
    .select({ caseId: caseCauses.caseId, cause: caseCauses.cause })
    .from(caseCauses)
    .where(inArray(caseCauses.caseId, [...caseIds]))
    .orderBy(asc(caseCauses.createdAt), asc(caseCauses.cause), asc(caseCauses.detail));
  for (const { caseId, cause } of rows) {
    const known = causes.get(caseId) ?? [];
    if (!known.includes(cause)) known.push(cause);
  }
  return causes;
}

/** Closes the open case about a post if this is its only cause. */
export async function closeIfOnly(
  tx: Db,
  clock: Clock,
  postId: string,
  cause: CaseCause,
): Promise<void> {
  const caseId = await findOpenCase(tx, { postId });
  if (!caseId) return;
  const others = await tx
    .select({ cause: caseCauses.cause })
    .from(caseCauses)
    .where(and(eq(caseCauses.caseId, caseId), ne(caseCauses.cause, cause)));
  if (others.length > 0) return;
  await tx.update(cases).set({ closedAt: clock.now() }).where(eq(cases.id, caseId));
}

/** Condition for cases about a subject, open and closed. */
export function isAbout(subject: SubjectRef) {
  if ('postId' in subject) return eq(cases.postId, subject.postId);
  if ('threadId' in subject) return eq(cases.threadId, subject.threadId);
  return eq(cases.personId, subject.personId);
}
