import { and, eq, gt, inArray, lte } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { readBounce } from '~/platform/mail/bounce';
import type { MailRefusal } from '~/platform/mail/deliver';
import { mailIdIn } from '~/platform/mail/message-id';
import type { RefusalCause } from '~/platform/mail/refusal';
import { addressHash, suppress } from '~/platform/mail/suppression';
import { findLinkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { deliveries, mailRefusals, mails, notifications, subscriptions, users } from '~db/schema';
import { endSubscription, forgetRefusals } from './subscriptions';

/*
 * What a refused email means for its recipient (decision 52). One refusal ends a subscription only if
 * the server says that nobody has the address. A refusal that is about the mailbox is a strike. One
 * that is about us, this email or the moment is nobody's fault there and is only recorded.
 */

const STRIKES: RefusalCause[] = ['mailbox-full', 'mailbox-unavailable', 'no-such-domain'];

/** Strikes on so many days end a subscription, if they span so much time; older ones are forgotten. */
const DAYS = 5;
const SPAN = 14 * DAY;
const KEPT = 60 * DAY;

/** What became of a refusal: the emails to the address were stopped, or it was only recorded. */
export type RefusalOutcome = 'stopped' | 'recorded';

/** Records a refusal, and stops digests and notifications to an address that takes no email. */
export async function takeRefusal(
  tx: Db,
  clock: Clock,
  { mailId, email, cause, reply }: Omit<MailRefusal, 'email'> & { email: string | null },
): Promise<RefusalOutcome> {
  const now = clock.now();
  const hash = email === null ? null : addressHash(email);
  const domain = email?.slice(email.lastIndexOf('@') + 1) ?? '';
  await tx
    .insert(mailRefusals)
    .values({ mailId, cause, domain, addressHash: hash, reply, createdAt: now })
    .onConflictDoNothing();
  if (email === null || hash === null) return 'recorded';
  if (cause !== 'no-such-user' && !(await hasStruckOut(tx, hash, now))) return 'recorded';
  for (const kind of ['digest', 'notice'] as const) await suppress(tx, clock, hash, kind);
  await endSubscription(tx, clock, email);
  await forgetRefusals(tx, email);
  return 'stopped';
}

async function hasStruckOut(tx: Db, hash: string, now: number): Promise<boolean> {
  const strikes = await tx
    .select({ at: mailRefusals.createdAt })
    .from(mailRefusals)
    .where(
      and(
        eq(mailRefusals.addressHash, hash),
        inArray(mailRefusals.cause, STRIKES),
        gt(mailRefusals.createdAt, now - KEPT),
      ),
    );
  const days = new Set(strikes.map(({ at }) => Math.floor(at / DAY)));
  return days.size >= DAYS && now - Math.min(...strikes.map(({ at }) => at)) >= SPAN;
}

/**
 * Reads a message that came back, and takes it as the refusal of the email of ours that it names.
 * Null if it is no bounce, or names none that we sent within the last month: Message-IDs are signed,
 * so only somebody who was sent the email can know one.
 */
export async function takeBounce(
  app: AppContext,
  message: Uint8Array,
): Promise<RefusalOutcome | null> {
  const secret = await findLinkSecret(app.db.reader);
  const bounce = secret && (await readBounce(message));
  const mailId = bounce && mailIdIn(secret, app.config.origin, bounce.text);
  if (!mailId) return null;
  const { cause, codes } = bounce;
  return app.db.write(async (tx) => {
    const [mail] = await tx
      .select({ sentAt: mails.sentAt })
      .from(mails)
      .where(eq(mails.id, mailId));
    if (!mail?.sentAt) return null;
    const email = await recipientOf(tx, mailId);
    const reply = ['bounce', codes, cause].filter(Boolean).join(' ');
    return takeRefusal(tx, app.clock, { mailId, email, cause, reply });
  });
}

/** The recipient of a sent digest or notification; unknown for letters, which are erased. */
async function recipientOf(tx: Db, mailId: string): Promise<string | null> {
  const [reader] = await tx
    .select({ email: subscriptions.email })
    .from(deliveries)
    .innerJoin(subscriptions, eq(subscriptions.id, deliveries.subscriptionId))
    .where(eq(deliveries.mailId, mailId))
    .limit(1);
  if (reader) return reader.email;
  const [person] = await tx
    .select({ email: users.email })
    .from(notifications)
    .innerJoin(users, eq(users.id, notifications.userId))
    .where(eq(notifications.mailId, mailId))
    .limit(1);
  return person?.email ?? null;
}

/** Deletes refusals that count no more; run as a background job. */
export async function purgeRefusals(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(mailRefusals).where(lte(mailRefusals.createdAt, clock.now() - KEPT));
}
