import { findLinkSecret } from '~/settings/secret';
import type { Site } from '~/site';
import { findSubscription, type Subscription } from '~/subscriptions/subscriptions';
import { readSubscriptionToken } from '~/subscriptions/tokens';
import { notFound } from './guards';

/** The subscription that an address of its mails opens; to a wrong token there is nothing. */
export async function requireSubscription(
  site: Site,
  token: string | undefined,
): Promise<Subscription> {
  const { reader } = site.db;
  const secret = await findLinkSecret(reader);
  const id = secret && readSubscriptionToken(secret, token ?? '');
  const subscription = id && (await findSubscription(reader, id));
  if (!subscription) throw notFound();
  return subscription;
}
