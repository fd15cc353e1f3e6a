import { and, eq, gt, lt, lte, sql } from 'drizzle-orm';
import { type Clock, MINUTE } from '~/platform/clock';
import { digestOf, newToken } from '~/platform/ids';
import type { Db } from '~db/client';
import { attempts } from '~db/schema';
import type { AttemptPurpose } from '~db/schema/security';

export const ATTEMPT_COOKIE = 'causeway_attempt';

/** Validity of a code, a challenge or a started second factor. */
export const ATTEMPT_LIFETIME = 15 * MINUTE;

/** Maximum number of attempts for an emailed code. */
const MOST_TRIES = 5;

export type Attempt = typeof attempts.$inferSelect;

/** Starts an attempt that the same browser has to complete; returns the token for its cookie. */
export async function beginAttempt(
  tx: Db,
  clock: Clock,
  purpose: AttemptPurpose,
  facts: {
    userId: string | null;
    redirectTo?: string | null;
    options?: Record<string, unknown>;
    /** The code that has to be typed. */
    code?: string;
    /** Set it so that the same form sent twice starts only one attempt. */
    token?: string;
  },
): Promise<string> {
  const token = facts.token ?? newToken();
  const now = clock.now();
  await tx
    .insert(attempts)
    .values({
      id: digestOf(token),
      purpose,
      userId: facts.userId,
      codeHash: facts.code === undefined ? null : hashOf(token, facts.code),
      options: facts.options ?? null,
      redirectTo: facts.redirectTo ?? null,
      createdAt: now,
      expiresAt: now + ATTEMPT_LIFETIME,
    })
    .onConflictDoNothing();
  return token;
}

/** Returns the attempt that a browser has started; null if there is none or it has expired. */
export async function readAttempt(
  db: Db,
  clock: Clock,
  purpose: AttemptPurpose,
  token: string | null,
): Promise<Attempt | null> {
  if (!token) return null;
  const [row] = await db
    .select()
    .from(attempts)
    .where(valid(clock, purpose, token));
  return row ?? null;
}

/** Deletes an attempt and returns it; of two simultaneous requests one gets null. */
export async function takeAttempt(
  tx: Db,
  clock: Clock,
  purpose: AttemptPurpose,
  token: string | null,
): Promise<Attempt | null> {
  if (!token) return null;
  const [row] = await tx
    .delete(attempts)
    .where(valid(clock, purpose, token))
    .returning();
  return row ?? null;
}

/** Checks a typed code. Every attempt is counted, and the last one makes the code invalid. */
export async function tryCode(
  tx: Db,
  clock: Clock,
  token: string | null,
  code: string,
): Promise<{ attempt: Attempt | null; right: boolean }> {
  if (!token) return { attempt: null, right: false };
  const [attempt] = await tx
    .update(attempts)
    .set({ tries: sql`${attempts.tries} + 1` })
    .where(and(valid(clock, 'code', token), lt(attempts.tries, MOST_TRIES)))
    .returning();
  if (!attempt) return { attempt: null, right: false };
  const right = attempt.userId !== null && attempt.codeHash === hashOf(token, code);
  if (right) await tx.delete(attempts).where(eq(attempts.id, attempt.id));
  return { attempt, right };
}

/** True if the emailed code may still be typed. */
export function hasTries({ tries }: Attempt): boolean {
  return tries < MOST_TRIES;
}

/** Cancels all attempts of a person, or those of one purpose. */
export async function voidAttempts(
  tx: Db,
  userId: string,
  purpose?: AttemptPurpose,
): Promise<void> {
  const theirs = eq(attempts.userId, userId);
  await tx.delete(attempts).where(purpose ? and(theirs, eq(attempts.purpose, purpose)) : theirs);
}

/** Deletes expired attempts; run as a background job. */
export async function purgeAttempts(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(attempts).where(lte(attempts.expiresAt, clock.now()));
}

function valid(clock: Clock, purpose: AttemptPurpose, token: string) {
  return and(
    eq(attempts.id, digestOf(token)),
    eq(attempts.purpose, purpose),
    gt(attempts.expiresAt, clock.now()),
  );
}

function hashOf(token: string, code: string): string {
  return digestOf(`${token}:${code}`);
}
