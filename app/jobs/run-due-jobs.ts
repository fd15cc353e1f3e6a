import { purgeAddressChanges } from '~/domain/accounts/auth/change-address';
import { purgeAttempts } from '~/domain/accounts/auth/login-attempts';
import { purgeTokens } from '~/domain/accounts/auth/mail-tokens';
import { purgeSessions } from '~/domain/accounts/auth/sessions';
import { fillSkeletons, purgeUnconfirmed } from '~/domain/accounts/users/accounts';
import { tendPublished } from '~/domain/digests/corrections';
import { draftDueDigests } from '~/domain/digests/schedule';
import { purgeDrafts } from '~/domain/forum/drafts/drafts';
import { tendWaiting } from '~/domain/forum/drafts/pending-submissions';
import { purgeDeleted } from '~/domain/forum/posts/delete-post';
import { purgeSubmissions } from '~/domain/forum/posts/submissions';
import { queueCaseReminders } from '~/domain/moderation/cases/remind';
import { forgetSenders } from '~/domain/moderation/dsa/notice';
import { purgeTalks } from '~/domain/moderation/modmail/modmail';
import { composeNoticeMail } from '~/domain/notifications/notification-mail';
import { queueDueNotices } from '~/domain/notifications/send';
import { rebuildStaleIndex } from '~/domain/search/rebuild';
import { composeDigestMail } from '~/domain/subscriptions/digest-mail';
import { type Queued, queueDueDigests } from '~/domain/subscriptions/send';
import { endSubscription, purgeRequests } from '~/domain/subscriptions/subscriptions';
import type { Site } from '~/platform/app-context';
import { type Delivery, deliverMails, purgeMails } from '~/platform/mail/deliver';
import { purgeLimits } from '~/platform/rate-limits/limiter';

/**
 * Does once what is due in the background; the scheduler and `causeway work` both call it. Tells
 * what became of the mails.
 */
export async function doDueWork(site: Site, options: SendOptions = {}): Promise<Delivery> {
  await site.db.write(async (tx) => {
    await purgeSessions(tx, site.clock);
    await purgeTokens(tx, site.clock);
    await purgeAttempts(tx, site.clock);
    await purgeAddressChanges(tx, site.clock);
    await purgeUnconfirmed(tx, site.clock);
    await fillSkeletons(tx);
    await purgeLimits(tx, site.clock);
    await purgeSubmissions(tx, site.clock);
    await purgeDeleted(tx, site.clock);
    await purgeDrafts(tx, site.clock);
    await purgeMails(tx, site.clock);
    await purgeRequests(tx, site.clock);
    await forgetSenders(tx, site.clock);
    await purgeTalks(tx, site.clock);
  });
  await tendPublished(site);
  await draftDueDigests(site);
  await site.db.tend();
  await rebuildStaleIndex(site);
  await tendWaiting(site);
  await queueDueNotices(site);
  await queueCaseReminders(site);
  const { queued: _digests, held: _held, ...delivery } = await sendDueDigests(site, options);
  return delivery;
}

export interface SendOptions {
  /** Told after the outbox was filled: the new mails, and the readers whose mail waits for drafts. */
  onQueued?: (queued: Queued) => void;
  /** Told after each mail that left. */
  onSent?: (sent: number) => void;
  /** No further mail is begun once it is aborted; what waits is for the next round. */
  signal?: AbortSignal;
}

/** Puts the digests that are due into the outbox and sends what waits there. */
export async function sendDueDigests(
  site: Site,
  { onQueued, ...options }: SendOptions = {},
): Promise<Delivery & { queued: number; held: number }> {
  const queued = await queueDueDigests(site);
  onQueued?.(queued);
  const delivery = await deliverMails(site, {
    composeDigest: (mailId) => composeDigestMail(site, mailId),
    composeNotice: (mailId) => composeNoticeMail(site, mailId),
    onNoSuchAddress: (tx, email) => endSubscription(tx, site.clock, email),
    ...options,
  });
  return { queued: queued.mails, held: queued.held, ...delivery };
}
