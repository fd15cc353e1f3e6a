import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import { type Clock, DAY, HOUR, MINUTE } from '~/platform/clock';
import { digestOf, newToken } from '~/platform/ids';
import type { Db } from '~db/client';
import { mailTokens } from '~db/schema';

/** What a link in a mail lets its holder do, and for how long. */
const LIFETIME = { confirm: 3 * DAY, reset: HOUR, login: 15 * MINUTE } as const;

export type Purpose = keyof typeof LIFETIME;

export interface Grant {
  userId: string;
  redirectTo: string | null;
}

/** Makes a token for a link; only its SHA-256 is kept. */
export async function issueToken(
  tx: Db,
  clock: Clock,
  purpose: Purpose,
  grant: { userId: string; redirectTo?: string | null },
): Promise<string> {
  const token = newToken();
  const now = clock.now();
  await tx.insert(mailTokens).values({
    id: digestOf(token),
    userId: grant.userId,
    purpose,
    redirectTo: grant.redirectTo ?? null,
    createdAt: now,
    expiresAt: now + LIFETIME[purpose],
  });
  return token;
}

/** What a token would grant; null when it is unknown, used or run out. Changes nothing. */
export async function readToken(
  db: Db,
  clock: Clock,
  purpose: Purpose,
  token: string,
): Promise<Grant | null> {
  const [row] = await db
    .select({ userId: mailTokens.userId, redirectTo: mailTokens.redirectTo })
    .from(mailTokens)
    .where(valid(clock, purpose, token));
  return row ?? null;
}

/** Spends a token, once: of two who come at the same time one is given null. */
export async function spendToken(
  tx: Db,
  clock: Clock,
  purpose: Purpose,
  token: string,
): Promise<Grant | null> {
  const [row] = await tx
    .update(mailTokens)
    .set({ usedAt: clock.now() })
    .where(valid(clock, purpose, token))
    .returning({ userId: mailTokens.userId, redirectTo: mailTokens.redirectTo });
  return row ?? null;
}

/** Voids every link that a person was ever sent, or those of one purpose. */
export async function voidTokens(tx: Db, userId: string, purpose?: Purpose): Promise<void> {
  const theirs = eq(mailTokens.userId, userId);
  await tx
    .delete(mailTokens)
    .where(purpose ? and(theirs, eq(mailTokens.purpose, purpose)) : theirs);
}

/** Removes what has run out; background work. */
export async function purgeTokens(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(mailTokens).where(lte(mailTokens.expiresAt, clock.now()));
}

function valid(clock: Clock, purpose: Purpose, token: string) {
  return and(
    eq(mailTokens.id, digestOf(token)),
    eq(mailTokens.purpose, purpose),
    isNull(mailTokens.usedAt),
    gt(mailTokens.expiresAt, clock.now()),
  );
}
