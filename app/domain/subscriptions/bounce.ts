import { and, eq, isNotNull } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { addressHash, suppress } from '~/platform/mail/suppression';
import type { Db } from '~db/client';
import { deliveries, mails, subscriptions } from '~db/schema';
import { unsubscribe } from './subscriptions';

/** The content of a bounce message about one of our emails. */
export interface Bounce {
  /** The id of the bounced email. */
  mailId: string;
  /** RFC 3463, such as `5.1.1`. */
  status: string;
}

/**
 * Reads a delivery status notification (RFC 3464): its status, and the Message-ID of our email from
 * the returned headers. Null for anything else, including delays (4.x.x). The Message-ID contains
 * 80 random bits, so nobody can forge one to end another person's subscription.
 */
export function readBounce(message: string, hostname: string): Bounce | null {
  const unfolded = message.replace(/\r\n/g, '\n').replace(/\n[ \t]+/g, ' ');
  const status = /^Status:\s*(5\.\d{1,3}\.\d{1,3})/im.exec(unfolded)?.[1];
  const failed = /^Action:\s*failed/im.test(unfolded);
  if (!status || !failed) return null;
  const ids = [...unfolded.matchAll(/<([0-9a-z]{26})@([^>\s]+)>/g)];
  const mailId = ids.find(([, , host]) => host === hostname)?.[1];
  return mailId ? { mailId, status } : null;
}

/**
 * Stops digests to an address whose email bounced permanently. Returns false if nothing was
 * stopped: for an email that was not sent in the last month or was not a digest, or if the mailbox
 * is only full (5.2.2) or the email was rejected by policy (5.7.x).
 */
export async function takeBounce(app: AppContext, { mailId, status }: Bounce): Promise<boolean> {
  if (!/^5\.(0\.|1\.|2\.[01]$|4\.)/.test(status)) return false;
  return app.db.write(async (tx) => {
    const reader = await readerOf(tx, mailId);
    if (!reader) return false;
    if (reader.email) await suppress(tx, app.clock, addressHash(reader.email), 'notice');
    await unsubscribe(tx, app.clock, reader.id);
    return true;
  });
}

async function readerOf(tx: Db, mailId: string) {
  const [row] = await tx
    .select({ id: subscriptions.id, email: subscriptions.email })
    .from(deliveries)
    .innerJoin(mails, eq(mails.id, deliveries.mailId))
    .innerJoin(subscriptions, eq(subscriptions.id, deliveries.subscriptionId))
    .where(and(eq(deliveries.mailId, mailId), isNotNull(mails.sentAt)))
    .limit(1);
  return row ?? null;
}
