import { composeNoticeMail } from '~/domain/notifications/notification-mail';
import { composeDigestMail } from '~/domain/subscriptions/digest-mail';
import { type Queued, queueDueDigests } from '~/domain/subscriptions/send';
import { endSubscription } from '~/domain/subscriptions/subscriptions';
import type { AppContext } from '~/platform/app-context';
import { type Delivery, type DeliveryOptions, deliverMails } from '~/platform/mail/deliver';

type SendOptions = Pick<DeliveryOptions, 'onSent' | 'onError' | 'signal'>;

/** Sends every kind of mail that is due. */
export function sendMails(app: AppContext, options: SendOptions = {}): Promise<Delivery> {
  return deliverMails(app, {
    composeDigest: (mailId) => composeDigestMail(app, mailId),
    composeNotice: (mailId) => composeNoticeMail(app, mailId),
    onNoSuchAddress: (tx, email) => endSubscription(tx, app.clock, email),
    ...options,
  });
}

/** Puts the digests that are due into the outbox and sends what waits there. */
export async function sendDueDigests(
  app: AppContext,
  {
    onQueued,
    ...options
  }: SendOptions & {
    /** Told after the outbox was filled: the new mails, and the readers whose mail waits for drafts. */
    onQueued?: (queued: Queued) => void;
  } = {},
): Promise<Delivery & { queued: number; held: number }> {
  const queued = await queueDueDigests(app);
  onQueued?.(queued);
  const delivery = await sendMails(app, options);
  return { queued: queued.mails, held: queued.held, ...delivery };
}
