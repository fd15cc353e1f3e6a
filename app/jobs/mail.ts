import { quotedPost } from '~/domain/digests/quoted-words';
import { composeNoticeMail } from '~/domain/notifications/notification-mail';
import { composeDigestMail } from '~/domain/subscriptions/digest-mail';
import { takeRefusal } from '~/domain/subscriptions/refusals';
import { type Queued, queueDueDigests } from '~/domain/subscriptions/send';
import type { AppContext } from '~/platform/app-context';
import { type Delivery, type DeliveryOptions, deliverMails } from '~/platform/mail/deliver';

type SendOptions = Omit<DeliveryOptions, 'onRefused'>;

/** Sends the due letters only: emails about accounts and requests. */
export function sendLetters(app: AppContext, options: SendOptions = {}): Promise<Delivery> {
  return deliverMails(app, {
    onRefused: (tx, refusal) => takeRefusal(tx, app.clock, refusal),
    ...options,
  });
}

/** Sends all due emails of every kind. */
export function sendMails(app: AppContext, options: SendOptions = {}): Promise<Delivery> {
  return sendLetters(app, {
    composeDigest: (mailId) => composeDigestMail(app, mailId),
    composeNotice: (mailId) =>
      composeNoticeMail(app, mailId, async (i18n, postId) => {
        const { words, ...quoted } = await quotedPost(app, i18n, postId);
        return words.map((one) => ({ ...quoted, ...one, postId }));
      }),
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
    /** Called with the number of new emails, and of readers whose email waits for drafts. */
    onQueued?: (queued: Queued) => void;
  } = {},
): Promise<Delivery & { queued: number; held: number; open: number }> {
  const queued = await queueDueDigests(app);
  onQueued?.(queued);
  const delivery = await sendMails(app, options);
  return { queued: queued.mails, held: queued.held, open: queued.open, ...delivery };
}
