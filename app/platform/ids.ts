import { createHash, randomBytes, randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const nextUlid = monotonicFactory(chance);

/**
 * Returns a new identifier (ULID): 48 bits of time, so that rows sort by age, and 80 random bits.
 * Identifiers from one process always increase, even if the clock is set back: until it catches up,
 * the last identifier is incremented.
 */
export function newId(now: number): string {
  return nextUlid(now).toLowerCase();
}

const pool = Buffer.alloc(1024);
let used = pool.length;

/** Returns a random number from 0 to below 1, from bytes fetched in batches, for speed. */
function chance(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.readUInt8(used++) / 256;
}

/** Returns a secret for a link or cookie: 160 random bits, safe in a URL. Store its digest only. */
export function newToken(): string {
  return randomBytes(20).toString('base64url');
}

/** Returns the SHA-256 in hexadecimal, the form in which tokens and session ids are stored. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
