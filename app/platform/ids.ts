import { createHash, randomBytes, randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const nextUlid = monotonicFactory(chance);

/**
 * A new identifier: 48 bits of time, so that rows sort by age, and 80 bits of chance. Those that one
 * process makes sort as they were made, even when the clock is set back in between: until it has
 * caught up they count up from the last.
 */
export function newId(now: number): string {
  return nextUlid(now).toLowerCase();
}

const pool = Buffer.alloc(1024);
let used = pool.length;

/** A random number from 0 to below 1. Bytes are drawn many at once: a draw for each letter is slow. */
function chance(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.readUInt8(used++) / 256;
}

/** A secret for a link or a cookie: 160 bits, safe in a URL. Only its digest is stored. */
export function newToken(): string {
  return randomBytes(20).toString('base64url');
}

/** SHA-256 in hexadecimal: how tokens and session ids are stored. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
