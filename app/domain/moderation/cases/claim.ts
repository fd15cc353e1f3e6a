import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { type Clock, HOUR } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { cases } from '~db/schema';

/** Duration of a claim. */
const CLAIM = HOUR;

/**
 * Claims a case for an hour, so that other moderators see it is being handled; claiming again
 * extends the hour.
 * @throws DomainError `missing` if there is no such open case, `refused` while another moderator
 * has claimed it.
 */
export async function claim(tx: Db, clock: Clock, { id }: Person, caseId: string): Promise<void> {
  const now = clock.now();
  const free = or(
    isNull(cases.claimedUntil),
    lte(cases.claimedUntil, now),
    eq(cases.claimedById, id),
  );
  const [open] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, caseId), isNull(cases.closedAt)));
  if (!open) throw new DomainError('missing', 'site.problem.404.title');
  const taken = await tx
    .update(cases)
    .set({ claimedById: id, claimedUntil: now + CLAIM })
    .where(and(eq(cases.id, caseId), free))
    .returning({ id: cases.id });
  if (taken.length === 0) throw new DomainError('refused', 'moderation.error.claimed');
}

/** Releases one's own claim on a case. */
export async function release(tx: Db, { id }: Person, caseId: string): Promise<void> {
  await tx
    .update(cases)
    .set({ claimedById: null, claimedUntil: null })
    .where(and(eq(cases.id, caseId), eq(cases.claimedById, id)));
}

/** Condition for cases with a valid claim. */
export function isClaimed(clock: Clock) {
  return gt(cases.claimedUntil, clock.now());
}
