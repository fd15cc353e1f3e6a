import { and, eq, inArray, isNotNull, isNull, lte, notInArray, or } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { users } from '~db/schema';

/**
 * Checks that a moderator may decide about a person, using the current data: a revoked role has no
 * effect.
 * @throws DomainError `missing` if they are no longer a moderator; `refused` for a decision about
 * oneself or, by a moderator, about an administrator.
 */
export async function requirePower(
  tx: Db,
  clock: Clock,
  moderator: Person,
  concerned: { id: string; role: string },
): Promise<void> {
  const [holds] = await tx
    .select({ role: users.role })
    .from(users)
    .where(and(eq(users.id, moderator.id), inOffice(clock)));
  if (!holds) throw new DomainError('missing', 'site.problem.404.title');
  if (concerned.id === moderator.id) throw new DomainError('refused', 'moderation.error.ownPost');
  if (concerned.role === 'administrator' && holds.role !== 'administrator') {
    throw new DomainError('refused', 'moderation.error.administrator');
  }
}

/** True if someone other than these people could decide now. */
export async function hasOtherModerator(
  db: Db,
  clock: Clock,
  except: readonly string[],
): Promise<boolean> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(inOffice(clock), notInArray(users.id, [...except])))
    .limit(1);
  return rows.length > 0;
}

/** Condition for moderators and administrators whose role is in effect. */
export function inOffice(clock: Clock) {
  return and(
    inArray(users.role, ['moderator', 'administrator']),
    isNotNull(users.confirmedAt),
    isNull(users.erasedAt),
    or(isNull(users.suspendedUntil), lte(users.suspendedUntil, clock.now())),
  );
}
