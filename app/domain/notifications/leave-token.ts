import { pathTo } from '~/platform/paths';
import { readSignedToken, signToken } from '~/platform/secrets/signed-token';

const PURPOSE = 'notice-mail';

/**
 * Returns the unsubscribe URL of notification emails. It contains only the hash of the email
 * address, so that the link in an old email works even after the account is deleted.
 */
export function leaveUrl(origin: string, secret: Buffer, hash: string): string {
  return origin + pathTo('/mail/:token', { token: signToken(secret, PURPOSE, hash) });
}

/** Returns the hash of the email address in a token; null if the signature is not valid. */
export function readLeaveToken(secret: Buffer, token: string): string | null {
  return readSignedToken(secret, PURPOSE, token);
}
