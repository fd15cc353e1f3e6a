import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What stands in the links of a subscription's mails: its id and a signature (HMAC-SHA-256 under
 * the installation's secret), so that nothing about links has to be stored. Whoever has it may
 * see and change that one subscription.
 */
export function subscriptionToken(secret: Buffer, subscriptionId: string): string {
  return `${subscriptionId}.${signature(secret, subscriptionId)}`;
}

/** The subscription's id in a token, or null when we did not sign it. */
export function readSubscriptionToken(secret: Buffer, token: string): string | null {
  const at = token.lastIndexOf('.');
  if (at < 1) return null;
  const id = token.slice(0, at);
  const given = Buffer.from(token.slice(at + 1));
  const wanted = Buffer.from(signature(secret, id));
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? id : null;
}

/** The addresses that a subscription's mails link to. */
export interface SubscriptionLinks {
  manage: string;
  /** Takes a POST from mail programs (RFC 8058); a reader who follows it is shown a button. */
  oneClick: string;
}

export function subscriptionLinks(origin: string, secret: Buffer, id: string): SubscriptionLinks {
  const manage = `${origin}/subscriptions/${subscriptionToken(secret, id)}`;
  return { manage, oneClick: `${manage}/unsubscribe` };
}

function signature(secret: Buffer, id: string): string {
  // The purpose is signed with it, so that the secret may sign other things too.
  return createHmac('sha256', secret).update(`subscription:${id}`).digest('base64url');
}
