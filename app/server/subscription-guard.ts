import { findSubscription, type Subscription } from '~/domain/subscriptions/subscriptions';
import { readSubscriptionToken } from '~/domain/subscriptions/tokens';
import type { AppContext } from '~/platform/app-context';
import { findLinkSecret } from '~/platform/secrets/link-secret';
import { notFound } from './guards';

/** The subscription that an address of its mails opens; to a wrong token there is nothing. */
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
