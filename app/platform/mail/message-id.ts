import { readSignedToken, signToken } from '~/platform/secrets/signed-token';

const PURPOSE = 'message-id';

/**
 * Returns the Message-ID of an email, with its angle brackets. A delivery report is believed because
 * it names one of ours, so the id is signed: ids of neighbouring emails can be guessed, signatures
 * cannot.
 */
export function messageId(secret: Buffer, origin: string, mailId: string): string {
  return `<${signToken(secret, PURPOSE, mailId)}@${new URL(origin).hostname}>`;
}

/** Returns the id of the first email of ours whose Message-ID is in a text; null if there is none. */
export function mailIdIn(secret: Buffer, origin: string, text: string): string | null {
  const { hostname } = new URL(origin);
  for (const [, token = '', host] of text.matchAll(/([0-9a-z]{26}\.[\w-]{43})@([\w.-]+)/g)) {
    const id = host === hostname ? readSignedToken(secret, PURPOSE, token) : null;
    if (id) return id;
  }
  return null;
}
