import { createHash, randomBytes } from 'node:crypto';
import { incrementBase32, TIME_LEN, ulid } from 'ulid';

let last = { now: Number.NaN, id: '' };

/**
 * A new identifier: 48 bits of time, so that rows sort by age, and 80 bits of chance. Those that one
 * process makes for the same millisecond sort as they were made.
 */
export function newId(now: number): string {
  const id = now === last.now ? following(last.id) : ulid(now, chance());
  last = { now, id };
  return id.toLowerCase();
}

/** Chance for the letters of one id, drawn at once: a draw for each letter is slow. */
function chance(): () => number {
  const bytes = randomBytes(32);
  let at = 0;
  return () => {
    const byte = bytes[at++];
    if (byte === undefined)
      throw new RangeError('an id has more letters than chance was drawn for');
    return byte / 256;
  };
}

/** The next by its part of chance. The first of a millisecond leaves more room than anybody needs. */
function following(id: string): string {
  return id.slice(0, TIME_LEN) + incrementBase32(id.slice(TIME_LEN));
}

/** A secret for a link or a cookie: 160 bits, safe in a URL. Only its digest is stored. */
export function newToken(): string {
  return randomBytes(20).toString('base64url');
}

/** SHA-256 in hexadecimal: how tokens and session ids are stored. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
