import { purgeDeleted } from '../conversation/delete-post';
import { purgeSubmissions } from '../conversation/submissions';
import { purgeDrafts } from '../drafts/drafts';
import { tendWaiting } from '../drafts/waiting';
import { purgeLimits } from '../limits/limiter';
import { type Delivery, deliverMails, purgeMails } from '../mail/deliver';
import { composeNoticeMail } from '../notifications/notice-mail';
import { queueDueNotices } from '../notifications/send';
import { fillSkeletons, purgeUnconfirmed } from '../people/accounts';
import { purgeAttempts } from '../people/attempts';
import { purgeAddressChanges } from '../people/change-address';
import { purgeTokens } from '../people/mail-tokens';
import { purgeSessions } from '../people/sessions';
import { rebuildStaleIndex } from '../search/rebuild';
import type { Site } from '../site';
import { composeDigestMail } from '../subscriptions/digest-mail';
import { queueDueDigests } from '../subscriptions/send';
import { purgeRequests } from '../subscriptions/subscriptions';

/**
 * Does once what is due in the background; the scheduler and `causeway work` both call it. Tells
 * what became of the mails.
 */
export async function doDueWork(site: Site): Promise<Delivery> {
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
  });
  await rebuildStaleIndex(site);
  await tendWaiting(site);
  await queueDueNotices(site);
  const { queued: _digests, ...delivery } = await sendDueDigests(site);
  return delivery;
}

/** Puts the digests that are due into the outbox and sends what waits there. */
export async function sendDueDigests(
  site: Site,
  onSent?: (sent: number) => void,
): Promise<Delivery & { queued: number }> {
  const { mails } = await queueDueDigests(site);
  const delivery = await deliverMails(site, {
    composeDigest: (mailId) => composeDigestMail(site, mailId),
    composeNotice: (mailId) => composeNoticeMail(site, mailId),
    onSent,
  });
  return { queued: mails, ...delivery };
}
