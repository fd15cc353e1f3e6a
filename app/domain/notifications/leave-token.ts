import { readSignedToken, signToken } from '~/platform/secrets/signed-token';

const PURPOSE = 'notice-mail';

/**
 * Where a mail about answers is left: it names the hash of the address and nothing else, so that
 * the link in an old mail works after the account is gone.
 */
export function leaveUrl(origin: string, secret: Buffer, hash: string): string {
  return `${origin}/mail/${signToken(secret, PURPOSE, hash)}`;
}

/** The hash of the address in a link's token, or null when we did not sign it. */
export function readLeaveToken(secret: Buffer, token: string): string | null {
  return readSignedToken(secret, PURPOSE, token);
}
