import { purgeSubmissions } from '../conversation/submissions';
import { purgeLimits } from '../limits/limiter';
import { type Delivery, deliverMails, purgeMails } from '../mail/deliver';
import { purgeUnconfirmed } from '../people/accounts';
import { purgeTokens } from '../people/mail-tokens';
import { purgeSessions } from '../people/sessions';
import type { Site } from '../site';
import { purgeRequests } from '../subscriptions/subscriptions';

/**
 * Does once what is due in the background; the scheduler and `causeway work` both call it. Tells
 * what became of the mails.
 */
export async function doDueWork(site: Site): Promise<Delivery> {
  await site.db.write(async (tx) => {
    await purgeSessions(tx, site.clock);
    await purgeTokens(tx, site.clock);
    await purgeUnconfirmed(tx, site.clock);
    await purgeLimits(tx, site.clock);
    await purgeSubmissions(tx, site.clock);
    await purgeMails(tx, site.clock);
    await purgeRequests(tx, site.clock);
  });
  return deliverMails(site);
}
