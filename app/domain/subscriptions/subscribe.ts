import { eq } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { translator } from '~/platform/i18n/translator';
import { digestOf, newId } from '~/platform/ids';
import { emailKey, mailboxKey } from '~/platform/mail/email-address';
import { queueMail } from '~/platform/mail/outbox';
import { isSuppressed } from '~/platform/mail/suppression';
import { countUse } from '~/platform/rate-limits/limiter';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { subscriptions } from '~db/schema';
import type { Choices } from './choices';
import { alreadySubscribedMail, confirmSubscriptionMail } from './subscription-mails';
import { findSubscription, updateSubscription } from './subscriptions';
import { subscriptionLinks } from './tokens';

interface SubscribeOptions extends Choices {
  /** The result of `readEmail`. */
  email: string;
  /** The network of the request. */
  network: string;
}

/**
 * Handles a request to subscribe an email address that may not belong to the requester. The address
 * gets at most one email a day, without any text by the requester: a new address gets a request to
 * confirm, a subscribed one the link to its subscription. The response does not depend on what is
 * known about the address.
 * @throws DomainError `too-many` for too many requests from one network, or for addresses of one
 * email domain.
 */
export async function subscribe(app: AppContext, options: SubscribeOptions): Promise<void> {
  const key = emailKey(options.email);
  await countUse(app, 'mail-network', options.network);
  await countUse(app, 'mail-domain', key.slice(key.lastIndexOf('@') + 1));
  const mayWrite = await isFirstToday(app, key);
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
    const mail =
      subscription.state === 'active'
        ? alreadySubscribedMail(translator(subscription.language), app.config, links, options)
        : confirmSubscriptionMail(translator(options.language), app.config, links, options);
    await queueMail(tx, app.clock, { to: subscription.email ?? options.email, ...mail });
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

async function isFirstToday(app: AppContext, key: string): Promise<boolean> {
  try {
    await countUse(app, 'mail-subscription', key);
    await countUse(app, 'mail-address', digestOf(mailboxKey(key)));
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
