import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { type Clock, HOUR } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { cases } from '~db/schema';

/** How long a case stays with the moderator who took it. */
const CLAIM = HOUR;

/**
 * Takes a case, so that others see that somebody is at it; again, it is theirs for another hour.
 * @throws DomainError `missing` for none that is open, `refused` while another moderator has it.
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

/** Gives a case back to everybody; one's own alone. */
export async function release(tx: Db, { id }: Person, caseId: string): Promise<void> {
  await tx
    .update(cases)
    .set({ claimedById: null, claimedUntil: null })
    .where(and(eq(cases.id, caseId), eq(cases.claimedById, id)));
}

/** Cases that somebody has taken and not given back within the hour. */
export function isClaimed(clock: Clock) {
  return gt(cases.claimedUntil, clock.now());
}
