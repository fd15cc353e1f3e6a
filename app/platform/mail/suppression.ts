import { createHash } from 'node:crypto';
import { and, eq, lte } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { suppressions } from '~db/schema';
import { emailKey } from './email-address';

/**
 * Mails that nobody has to get: those about answers and mentions, digests, and requests to confirm
 * a subscription.
 */
export type OptionalMail = 'notice' | 'digest' | 'request';

/**
 * How an address stands in the list of those that want no more mail: the SHA-256 of its folded
 * form, in hexadecimal. The list tells what is on it, and gives no addresses away.
 */
export function addressHash(email: string): string {
  return createHash('sha256')
    .update(`mail:${emailKey(email)}`)
    .digest('hex');
}

/** Whether an address asked for no more of a kind of mail. */
export async function isSuppressed(db: Db, email: string, kind: OptionalMail): Promise<boolean> {
  const rows = await db
    .select({ kind: suppressions.kind })
    .from(suppressions)
    .where(one(addressHash(email), kind));
  return rows.length > 0;
}

/** Puts an address on the list; doing it again changes nothing. */
export async function suppress(
  tx: Db,
  clock: Clock,
  hash: string,
  kind: OptionalMail,
): Promise<void> {
  const row = { addressHash: hash, kind, createdAt: clock.now() };
  await tx.insert(suppressions).values(row).onConflictDoNothing();
}

/** Takes an address off the list: only when its owner asks for such mails again. */
export async function lift(tx: Db, hash: string, kind: OptionalMail): Promise<void> {
  await tx.delete(suppressions).where(one(hash, kind));
}

/** Takes off the list what was put on it for a kind before a moment. */
export async function liftOlder(tx: Db, kind: OptionalMail, before: number): Promise<void> {
  await tx
    .delete(suppressions)
    .where(and(eq(suppressions.kind, kind), lte(suppressions.createdAt, before)));
}

function one(hash: string, kind: OptionalMail) {
  return and(eq(suppressions.addressHash, hash), eq(suppressions.kind, kind));
}
