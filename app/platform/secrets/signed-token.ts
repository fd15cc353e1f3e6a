import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A text with a signature (HMAC-SHA-256 under the installation's secret), for the links in mails:
 * nothing about them has to be stored. The purpose is signed with it, so that a token opens
 * nothing but what it was made for.
 */
export function signToken(secret: Buffer, purpose: string, text: string): string {
  return `${text}.${signature(secret, purpose, text)}`;
}

/** The text in a token, or null when we did not sign it for this purpose. */
export function readSignedToken(secret: Buffer, purpose: string, token: string): string | null {
  const at = token.lastIndexOf('.');
  if (at < 1) return null;
  const text = token.slice(0, at);
  const given = Buffer.from(token.slice(at + 1));
  const wanted = Buffer.from(signature(secret, purpose, text));
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? text : null;
}

function signature(secret: Buffer, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url');
}
