import { createHash, randomBytes } from 'node:crypto';
import { ulid } from 'ulid';

/** A new identifier: 48 bits of time, so that rows sort by age, and 80 bits of chance. */
export function newId(now: number): string {
  return ulid(now).toLowerCase();
}

/** A secret for a link or a cookie: 160 bits, safe in a URL. Only its digest is stored. */
export function newToken(): string {
  return randomBytes(20).toString('base64url');
}

/** SHA-256 in hexadecimal: how tokens and session ids are stored. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
