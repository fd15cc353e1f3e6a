import { purgeAddressChanges } from '~/domain/accounts/auth/change-address';
import { purgeAttempts } from '~/domain/accounts/auth/login-attempts';
import { purgeTokens } from '~/domain/accounts/auth/mail-tokens';
import { purgeSessions } from '~/domain/accounts/auth/sessions';
import { fillSkeletons, purgeUnconfirmed } from '~/domain/accounts/users/accounts';
import { tendPublished } from '~/domain/digests/corrections';
import { draftDueDigests } from '~/domain/digests/schedule';
import { purgeDrafts } from '~/domain/forum/drafts/drafts';
import { queueCaseReminders } from '~/domain/moderation/cases/remind';
import { forgetSenders } from '~/domain/moderation/dsa/notice';
import { purgeTalks } from '~/domain/moderation/modmail/modmail';
import { composeNoticeMail } from '~/domain/notifications/notification-mail';
import { queueDueNotices } from '~/domain/notifications/send';
import { rebuildStaleIndex } from '~/domain/ops/rebuild-search-index';
import { purgeDeleted } from '~/domain/publishing/delete-post';
import { tendWaiting } from '~/domain/publishing/pending-submissions';
import { composeDigestMail } from '~/domain/subscriptions/digest-mail';
import { type Queued, queueDueDigests } from '~/domain/subscriptions/send';
import { endSubscription, purgeRequests } from '~/domain/subscriptions/subscriptions';
import type { AppContext } from '~/platform/app-context';
import { type Delivery, deliverMails, purgeMails } from '~/platform/mail/deliver';
import { purgeLimits } from '~/platform/rate-limits/limiter';
import { purgeSubmissions } from '~/platform/submissions';

/**
 * Does once what is due in the background; the scheduler and `causeway work` both call it. Tells
 * what became of the mails.
 */
export async function runDueJobs(app: AppContext, options: SendOptions = {}): Promise<Delivery> {
  await app.db.write(async (tx) => {
    await purgeSessions(tx, app.clock);
    await purgeTokens(tx, app.clock);
    await purgeAttempts(tx, app.clock);
    await purgeAddressChanges(tx, app.clock);
    await purgeUnconfirmed(tx, app.clock);
    await fillSkeletons(tx);
    await purgeLimits(tx, app.clock);
    await purgeSubmissions(tx, app.clock);
    await purgeDeleted(tx, app.clock);
    await purgeDrafts(tx, app.clock);
    await purgeMails(tx, app.clock);
    await purgeRequests(tx, app.clock);
    await forgetSenders(tx, app.clock);
    await purgeTalks(tx, app.clock);
  });
  await tendPublished(app);
  await draftDueDigests(app);
  await app.db.analyze();
  await rebuildStaleIndex(app);
  await tendWaiting(app);
  await queueDueNotices(app);
  await queueCaseReminders(app);
  const { queued: _digests, held: _held, ...delivery } = await sendDueDigests(app, options);
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
  app: AppContext,
  { onQueued, ...options }: SendOptions = {},
): Promise<Delivery & { queued: number; held: number }> {
  const queued = await queueDueDigests(app);
  onQueued?.(queued);
  const delivery = await deliverMails(app, {
    composeDigest: (mailId) => composeDigestMail(app, mailId),
    composeNotice: (mailId) => composeNoticeMail(app, mailId),
    onNoSuchAddress: (tx, email) => endSubscription(tx, app.clock, email),
    ...options,
  });
  return { queued: queued.mails, held: queued.held, ...delivery };
}
