import { findSubscription, type Subscription } from '~/domain/subscriptions/subscriptions';
import { readSubscriptionToken } from '~/domain/subscriptions/tokens';
import type { AppContext } from '~/platform/app-context';
import { findLinkSecret } from '~/platform/secrets/link-secret';
import { notFound } from './guards';

/** Returns the subscription for the token in an email link; a wrong token gets a 404 response. */
export async function requireSubscription(
  app: AppContext,
  token: string | undefined,
): Promise<Subscription> {
  const { reader } = app.db;
  const secret = await findLinkSecret(reader);
  const id = secret && readSubscriptionToken(secret, token ?? '');
  const subscription = id && (await findSubscription(reader, id));
  if (!subscription) throw notFound();
  return subscription;
}
