import { readSignedToken, signToken } from '~/platform/secrets/signed-token';

const PURPOSE = 'subscription';

/**
 * What stands in the links of a subscription's mails: its id, signed. Whoever has it may see
 * and change that one subscription.
 */
export function subscriptionToken(secret: Buffer, subscriptionId: string): string {
  return signToken(secret, PURPOSE, subscriptionId);
}

/** The subscription's id in a token, or null when we did not sign it. */
export function readSubscriptionToken(secret: Buffer, token: string): string | null {
  return readSignedToken(secret, PURPOSE, token);
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
