import { composeNoticeMail } from '~/domain/notifications/notification-mail';
import { composeDigestMail } from '~/domain/subscriptions/digest-mail';
import { type Queued, queueDueDigests } from '~/domain/subscriptions/send';
import { endSubscription } from '~/domain/subscriptions/subscriptions';
import type { AppContext } from '~/platform/app-context';
import { type Delivery, type DeliveryOptions, deliverMails } from '~/platform/mail/deliver';

type SendOptions = Pick<DeliveryOptions, 'onSent' | 'onError' | 'signal'>;

/** Sends all due emails of every kind. */
export function sendMails(app: AppContext, options: SendOptions = {}): Promise<Delivery> {
  return deliverMails(app, {
    composeDigest: (mailId) => composeDigestMail(app, mailId),
    composeNotice: (mailId) => composeNoticeMail(app, mailId),
    onNoSuchAddress: (tx, email) => endSubscription(tx, app.clock, email),
    ...options,
  });
}

/** Queues the due digests, then sends everything in the outbox. */
export async function sendDueDigests(
  app: AppContext,
  {
    onQueued,
    ...options
  }: SendOptions & {
    /**
     * Called after the digests were queued, with the number of new emails and of readers whose
     * email waits for drafts.
     */
    onQueued?: (queued: Queued) => void;
  } = {},
): Promise<Delivery & { queued: number; held: number }> {
  const queued = await queueDueDigests(app);
  onQueued?.(queued);
  const delivery = await sendMails(app, options);
  return { queued: queued.mails, held: queued.held, ...delivery };
}
