import { pathTo } from '~/platform/paths';
import { networkOf } from '~/platform/rate-limits/network';
import { isSameSecret, readSignedToken, signToken } from '~/platform/secrets/signed-token';

const PURPOSE = 'subscription';
const NETWORK_PURPOSE = 'subscription-network';

/** Returns the signed id in a subscription's emails: it can view and change that one. */
export function subscriptionToken(secret: Buffer, subscriptionId: string): string {
  return signToken(secret, PURPOSE, subscriptionId);
}

/** Returns the subscription's id from a token, or null if the signature is not valid. */
export function readSubscriptionToken(secret: Buffer, token: string): string | null {
  return readSignedToken(secret, PURPOSE, token);
}

/**
 * Returns a signature of the network that asked for a subscription, for the link that confirms it
 * (`?from=`). The network cannot be read from it.
 */
export function signNetwork(secret: Buffer, id: string, address: string): string {
  const text = `${id} ${networkOf(address)}`;
  return signToken(secret, NETWORK_PURPOSE, text).slice(text.length + 1);
}

/** True if `from` of a link names the network of this address. */
export function isFromNetwork(secret: Buffer, id: string, address: string, from: string): boolean {
  return isSameSecret(from, signNetwork(secret, id, address));
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
