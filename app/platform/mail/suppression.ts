import { createHash } from 'node:crypto';
import { and, eq, lte } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { suppressions } from '~db/schema';
import { emailKey } from './email-address';

/** Emails that people can opt out of: notifications, digests, and requests to confirm one. */
export type OptionalMail = 'notice' | 'digest' | 'request';

/**
 * Returns the key of an email address in the suppression list: the SHA-256 of its normalised form,
 * in hexadecimal. The list can be checked, but does not reveal addresses.
 */
export function addressHash(email: string): string {
  return createHash('sha256')
    .update(`mail:${emailKey(email)}`)
    .digest('hex');
}

/** True if the address has opted out of this kind of email. */
export async function isSuppressed(db: Db, email: string, kind: OptionalMail): Promise<boolean> {
  const rows = await db
    .select({ kind: suppressions.kind })
    .from(suppressions)
    .where(one(addressHash(email), kind));
  return rows.length > 0;
}

/** Adds an address to the list; repeating it changes nothing. */
export async function suppress(
  tx: Db,
  clock: Clock,
  hash: string,
  kind: OptionalMail,
): Promise<void> {
  const row = { addressHash: hash, kind, createdAt: clock.now() };
  await tx.insert(suppressions).values(row).onConflictDoNothing();
}

/** Removes an address from the list: only when its owner asks for such emails again. */
export async function lift(tx: Db, hash: string, kind: OptionalMail): Promise<void> {
  await tx.delete(suppressions).where(one(hash, kind));
}

/** Removes entries of one kind that were added before `before`. */
export async function liftOlder(tx: Db, kind: OptionalMail, before: number): Promise<void> {
  await tx
    .delete(suppressions)
    .where(and(eq(suppressions.kind, kind), lte(suppressions.createdAt, before)));
}

function one(hash: string, kind: OptionalMail) {
  return and(eq(suppressions.addressHash, hash), eq(suppressions.kind, kind));
}
