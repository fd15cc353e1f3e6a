import { eq } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { type Translator, translator } from '~/platform/i18n/translator';
import { newId } from '~/platform/ids';
import { emailKey } from '~/platform/mail/email-address';
import { writeLetter } from '~/platform/mail/mail-layout';
import { type MailContent, queueMail } from '~/platform/mail/outbox';
import { isSuppressed } from '~/platform/mail/suppression';
import { placeName } from '~/platform/places/names';
import { countUse } from '~/platform/rate-limits/limiter';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { subscriptions } from '~db/schema';
import type { Choices } from './choices';
import { findSubscription, updateSubscription } from './subscriptions';
import { type SubscriptionLinks, subscriptionLinks } from './tokens';

interface SubscribeOptions extends Choices {
  /** As `readEmail` gave it. */
  email: string;
  /** The network address that asks. */
  network: string;
}

/**
 * Takes the wish of somebody who may or may not own an address. Nothing is sent to it but one
 * mail a day, with no word of the asker's in it: to a new address a request to confirm, to a
 * known one the link to its subscription. What is answered, and how, does not depend on what we
 * know of the address.
 * @throws Refusal `too-many` for a network that asks for too many addresses, or for too many
 *   addresses of one mail domain, whoever asks.
 */
export async function subscribe(app: AppContext, options: SubscribeOptions): Promise<void> {
  const key = emailKey(options.email);
  await countUse(app, 'mail-network', options.network);
  await countUse(app, 'mail-domain', key.slice(key.lastIndexOf('@') + 1));
  const mayWrite = await isFirstToday(app, key);
  // Somebody there said that they had not asked: others may not make us ask them again.
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
        ? reminder(translator(subscription.language), app, links, options)
        : request(translator(options.language), app, links, options);
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
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** "Was it you?" */
function request(
  i18n: Translator,
  { config }: AppContext,
  links: SubscriptionLinks,
  { scopes }: Choices,
): MailContent {
  const values = { site: config.siteName };
  const places = i18n.list(scopes.map((scope) => placeName(scope, i18n.locale)));
  const letter = writeLetter(i18n, {
    paragraphs: [
      i18n.t('subscriptions.request.asked', { ...values, places }),
      i18n.t('subscriptions.request.confirm'),
    ],
    action: { label: i18n.t('subscriptions.request.action'), url: links.manage },
    footer: i18n.t('subscriptions.request.ignore', values),
  });
  return { subject: i18n.t('subscriptions.request.subject', values), ...letter };
}

/** "You are already subscribed." Its link shows the places just asked for, ticked. */
function reminder(
  i18n: Translator,
  { config }: AppContext,
  links: SubscriptionLinks,
  { scopes }: Choices,
): MailContent {
  const values = { site: config.siteName };
  const asked = new URLSearchParams(scopes.map((scope) => ['scope', scope]));
  const letter = writeLetter(i18n, {
    paragraphs: [i18n.t('subscriptions.reminder.text', values)],
    action: { label: i18n.t('subscriptions.reminder.action'), url: `${links.manage}?${asked}` },
    footer: i18n.t('subscriptions.reminder.ignore', values),
  });
  return { subject: i18n.t('subscriptions.reminder.subject', values), ...letter };
}
