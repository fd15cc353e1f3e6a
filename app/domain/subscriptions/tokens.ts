import { pathTo } from '~/platform/paths';
import { readSignedToken, signToken } from '~/platform/secrets/signed-token';

const PURPOSE = 'subscription';

/** Returns the signed id in a subscription's emails: it can view and change that one. */
export function subscriptionToken(secret: Buffer, subscriptionId: string): string {
  return signToken(secret, PURPOSE, subscriptionId);
}

/** Returns the subscription's id from a token, or null if the signature is not valid. */
export function readSubscriptionToken(secret: Buffer, token: string): string | null {
  return readSignedToken(secret, PURPOSE, token);
}

/** The URLs in a subscription's emails. */
export interface SubscriptionLinks {
  manage: string;
  /** For the one-click POST of email programs (RFC 8058); a reader who follows it sees a button. */
  oneClick: string;
}

export function subscriptionLinks(origin: string, secret: Buffer, id: string): SubscriptionLinks {
  const token = subscriptionToken(secret, id);
  return {
    manage: origin + pathTo('/subscriptions/:token', { token }),
    oneClick: origin + pathTo('/subscriptions/:token/unsubscribe', { token }),
  };
}
