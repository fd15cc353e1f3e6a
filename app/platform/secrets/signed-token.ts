import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Returns a text with its signature (HMAC-SHA-256 with the installation's secret), for links in
 * emails that need no stored token. The purpose is signed too, so that a token is only valid for
 * that purpose.
 */
export function signToken(secret: Buffer, purpose: string, text: string): string {
  return `${text}.${signature(secret, purpose, text)}`;
}

/** Returns the text of a token, or null if the signature is not valid for this purpose. */
export function readSignedToken(secret: Buffer, purpose: string, token: string): string | null {
  const at = token.lastIndexOf('.');
  if (at < 1) return null;
  const text = token.slice(0, at);
  return isSameSecret(token.slice(at + 1), signature(secret, purpose, text)) ? text : null;
}

/** Compares a given secret with the right one in a time that does not depend on where they differ. */
export function isSameSecret(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function signature(secret: Buffer, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url');
}
