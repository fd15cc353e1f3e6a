import { eq } from 'drizzle-orm';
import { countMailTo } from '~/domain/accounts/auth/mail-limits';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { translator } from '~/platform/i18n/translator';
import { newId } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import { queueMail } from '~/platform/mail/outbox';
import { isSuppressed } from '~/platform/mail/suppression';
import { countNetworkUse, isWithinLimit, waitForUse } from '~/platform/rate-limits/limiter';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { subscriptions } from '~db/schema';
import type { Choices } from './choices';
import { alreadySubscribedMail, confirmSubscriptionMail } from './subscription-mails';
import { findSubscription, updateSubscription } from './subscriptions';
import { signNetwork, subscriptionLinks } from './tokens';

interface SubscribeOptions extends Choices {
  /** The result of `readEmail`. */
  email: string;
  /** The client's IP address. */
  address: string;
}

/**
 * Handles a request to subscribe an email address that may not belong to the requester. The address
 * gets at most one email a day, without any text by the requester: a new address gets a request to
 * confirm, a subscribed one the link to its subscription. The response does not depend on what is
 * known about the address.
 * Where too many request emails to one email domain, the email leaves later, within a day.
 * @throws DomainError `too-many` for too many requests from one network.
 */
export async function subscribe(app: AppContext, options: SubscribeOptions): Promise<void> {
  const key = emailKey(options.email);
  await countNetworkUse(app, 'mail-network', options.address);
  const mayWrite = await isFirstToday(app, key);
  const delay = mayWrite ? await delayAt(app, key) : 0;
  // The owner denied an earlier request, so other people must not cause another one.
  if (await isSuppressed(app.db.reader, options.email, 'request')) return;
  const secret = await linkSecret(app);

  await app.db.write(async (tx) => {
    const id = (await findByKey(tx, key)) ?? (await storeRequest(tx, app, key, options));
    const subscription = await findSubscription(tx, id);
    if (!subscription) return;
    if (subscription.state === 'pending') await updateSubscription(tx, id, options);
    if (!mayWrite) return;
    const links = subscriptionLinks(app.config.origin, secret, id);
    const confirm = `${links.manage}?from=${signNetwork(secret, id, options.address)}`;
    const mail =
      subscription.state === 'active'
        ? alreadySubscribedMail(translator(subscription.language), app.config, links, options)
        : confirmSubscriptionMail(translator(options.language), app.config, confirm, options);
    await queueMail(tx, app.clock, { to: subscription.email ?? options.email, delay, ...mail });
  });
}

async function findByKey(db: Db, key: string): Promise<string | null> {
  const [row] = await db
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(eq(subscriptions.emailKey, key));
  return row?.id ?? null;
}

async function storeRequest(
  tx: Db,
  app: AppContext,
  key: string,
  { email, language, frequency }: SubscribeOptions,
): Promise<string> {
  const now = app.clock.now();
  const id = newId(now);
  await tx.insert(subscriptions).values({
    id,
    email,
    emailKey: key,
    language,
    frequency,
    state: 'pending',
    createdAt: now,
  });
  return id;
}

/** Returns how long an email to a domain has to wait, in ms. */
function delayAt(app: AppContext, key: string): Promise<number> {
  return waitForUse(app, 'mail-domain', key.slice(key.lastIndexOf('@') + 1), DAY);
}

async function isFirstToday(app: AppContext, key: string): Promise<boolean> {
  try {
    // The mailbox first: a request that its limit refuses can be repeated before tomorrow.
    await countMailTo(app, 'subscription', key);
    return await isWithinLimit(app, 'mail-subscription', key);
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
