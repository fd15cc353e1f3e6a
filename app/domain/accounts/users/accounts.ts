import { and, eq, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { addressColumns, emailKey, mailboxKey } from '~/platform/mail/email-address';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { erasures, users } from '~db/schema';
import type { Role } from '~db/schema/people';
import { handleHash, handleKey } from './handles';
import { looksLikeOther } from './impersonation';
import { looksOf } from './looks';
import { isReservedAddress } from './reserved-emails';

/** From the lowest to the highest. */
export const ROLES = ['member', 'moderator', 'administrator'] as const satisfies readonly Role[];

/** Unconfirmed accounts are deleted after this time. */
const UNCONFIRMED_KEPT = 30 * DAY;

/** Grace period in which a new role's permissions work without a second factor. */
export const SECOND_FACTOR_GRACE = 7 * DAY;

export type Account = typeof users.$inferSelect;

/**
 * Stores a new account and returns its id; null if its email address or handle is already taken.
 * Checked by the database, so that of two simultaneous sign-ups one gets null.
 */
export async function insertAccount(
  tx: Db,
  clock: Clock,
  facts: Pick<Account, 'handle' | 'passwordHash'> & { email: string } & Partial<Account>,
): Promise<string | null> {
  const now = clock.now();
  if (await isReservedAddress(tx, clock, facts.email)) return null;
  const [row] = await tx
    .insert(users)
    .values({
      ...facts,
      id: newId(now),
      handleKey: handleKey(facts.handle),
      ...looksOf(facts),
      ...addressColumns(facts.email),
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: users.id });
  return row?.id ?? null;
}

/**
 * Gives a person a role. A person without a role before has some days to set up a second factor.
 * @throws DomainError if there is no such role, or nobody with the handle.
 */
export async function setRole(
  tx: Db,
  clock: Clock,
  handle: string,
  role: string,
): Promise<Account> {
  if (!isRole(role)) throw new DomainError('invalid', 'people.error.role', { field: 'role' });
  const [account] = await tx
    .update(users)
    .set({
      role,
      secondFactorFrom:
        role === 'member'
          ? null
          : sql`coalesce(${users.secondFactorFrom}, ${clock.now() + SECOND_FACTOR_GRACE})`,
    })
    .where(and(eq(users.handleKey, handleKey(handle)), isNull(users.erasedAt)))
    .returning();
  if (!account) throw new DomainError('missing', 'people.error.nobody', { values: { handle } });
  return account;
}

/**
 *
 * @throws DomainError if nobody has the handle.
 */
export async function existingPerson(db: Db, handle: string): Promise<Account> {
  const account = await personByHandle(db, handle);
  if (account && account.erasedAt === null) return account;
  throw new DomainError('missing', 'people.error.nobody', { values: { handle } });
}

/** True if the site has an administrator, or another than this person. */
export async function hasAdministrator(db: Db, otherThan = ''): Promise<boolean> {
  const found = await countOf(
    db,
    users,
    eq(users.role, 'administrator'),
    ne(users.id, otherThan),
    isNull(users.erasedAt),
    isNotNull(users.confirmedAt),
  );
  return found > 0;
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** Returns the account with a handle, ignoring case; null if there is none. */
export async function personByHandle(db: Db, handle: string): Promise<Account | null> {
  const [account] = await db
    .select()
    .from(users)
    .where(eq(users.handleKey, handleKey(handle)));
  return account ?? null;
}

/** True if the handle is or was somebody's, or looks like a handle or name that is. */
export async function isHandleTaken(db: Db, handle: string): Promise<boolean> {
  const [holder] = await db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.handleKey, handleKey(handle)));
  if (holder || (await looksLikeOther(db, handle, null))) return true;
  const [gone] = await db
    .select({ id: erasures.userId })
    .from(erasures)
    .where(eq(erasures.handleHash, handleHash(handle)))
    .limit(1);
  return gone !== undefined;
}

/** Computes the missing skeletons of handles; run as a background job. */
export async function fillSkeletons(tx: Db): Promise<void> {
  const rows = await tx
    .select({ id: users.id, handle: users.handle, name: users.name })
    .from(users)
    .where(and(or(isNull(users.handleSkeleton), isNull(users.handleLook)), isNull(users.erasedAt)))
    .limit(2000);
  for (const { id, handle, name } of rows) {
    await tx.update(users).set(looksOf({ handle, name })).where(eq(users.id, id));
  }
}

/** Computes the missing mailboxes of email addresses; run as a background job. */
export async function fillMailboxKeys(tx: Db): Promise<void> {
  const rows = await tx
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(and(isNotNull(users.email), isNull(users.mailboxKey)))
    .limit(2000);
  for (const { id, email } of rows) {
    await tx
      .update(users)
      .set({ mailboxKey: mailboxKey(email ?? '') })
      .where(eq(users.id, id));
  }
}

export async function accountByEmail(db: Db, email: string): Promise<Account | null> {
  const [account] = await db
    .select()
    .from(users)
    .where(eq(users.emailKey, emailKey(email)));
  return account ?? null;
}

/**
 * Returns a confirmed account whose address leads to the same mailbox, by the rule of `mailboxKey`, other
 * than `id`; null if there is none. One person must not become several with the spellings of an address.
 * Unconfirmed accounts do not count: otherwise a stranger could keep the owner from signing up.
 */
export async function accountOfMailbox(
  db: Db,
  email: string,
  id: string | null = null,
): Promise<Account | null> {
  const [account] = await db
    .select()
    .from(users)
    .where(
      and(
        eq(users.mailboxKey, mailboxKey(email)),
        isNotNull(users.confirmedAt),
        id === null ? undefined : ne(users.id, id),
      ),
    )
    .orderBy(users.createdAt, users.id)
    .limit(1);
  return account ?? null;
}

export async function accountById(db: Db, id: string): Promise<Account | null> {
  const [account] = await db.select().from(users).where(eq(users.id, id));
  return account ?? null;
}

/**
 * Marks the email address of an account as confirmed. False if another account of the same mailbox was
 * confirmed before.
 */
export async function confirmAddress(tx: Db, clock: Clock, userId: string): Promise<boolean> {
  const account = await accountById(tx, userId);
  if (!account || account.confirmedAt !== null) return account !== null;
  if (account.email && (await accountOfMailbox(tx, account.email, userId))) return false;
  await tx.update(users).set({ confirmedAt: clock.now() }).where(eq(users.id, userId));
  return true;
}

/** Deletes accounts that were not confirmed in time, as their email says. A background job. */
export async function purgeUnconfirmed(tx: Db, clock: Clock): Promise<void> {
  await tx
    .delete(users)
    .where(
      and(
        isNull(users.confirmedAt),
        isNotNull(users.passwordHash),
        lte(users.createdAt, clock.now() - UNCONFIRMED_KEPT),
      ),
    );
}
