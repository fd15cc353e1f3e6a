import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import { type Clock, DAY, HOUR } from '~/platform/clock';
import { digestOf, newToken } from '~/platform/ids';
import type { Db } from '~db/client';
import { mailTokens } from '~db/schema';

/** The purposes of links in emails, and how long each is valid. */
const LIFETIME = { confirm: 3 * DAY, reset: HOUR, login: HOUR } as const;

export type Purpose = keyof typeof LIFETIME;

export interface Grant {
  userId: string;
  redirectTo: string | null;
}

/** Creates a token for a link; only its SHA-256 is stored. */
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

/** Returns what a token allows; null if it is unknown, used or expired. Changes nothing. */
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

/** Uses a token once; of two simultaneous requests one gets null. */
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

/** Makes all links sent to a person invalid, or those of one purpose. */
export async function voidTokens(tx: Db, userId: string, purpose?: Purpose): Promise<void> {
  const theirs = eq(mailTokens.userId, userId);
  await tx
    .delete(mailTokens)
    .where(purpose ? and(theirs, eq(mailTokens.purpose, purpose)) : theirs);
}

/** Deletes expired tokens; run as a background job. */
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
