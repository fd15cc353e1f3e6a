import { readSignedToken, signToken } from '~/platform/secrets/signed-token';

const PURPOSE = 'quote-objection';

/**
 * Returns the token with which the author of a post can have its quotes taken out without logging
 * in: the signed id of the post.
 */
export function objectionToken(secret: Buffer, postId: string): string {
  return signToken(secret, PURPOSE, postId);
}

/** Returns the post's id from a token, or null if the signature is not valid. */
export function readObjectionToken(secret: Buffer, token: string): string | null {
  return readSignedToken(secret, PURPOSE, token);
}
