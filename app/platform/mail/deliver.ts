import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY, HOUR, MINUTE } from '~/platform/clock';
import { describeError, ItemError } from '~/platform/errors';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { mails } from '~db/schema';
import { messageId } from './message-id';
import type { MailContent } from './outbox';
import type { RefusalCause } from './refusal';
import { isSuppressed } from './suppression';
import { openTransport, type Transport, TransportError } from './transport';

/** Longer than an attempt can take: an email claimed before a crash is claimed again. */
const LEASE = 10 * MINUTE;

/** The pause doubles after each failure, up to the longest; sooner for a server that is down. */
const FIRST_PAUSE = MINUTE;
const LONGEST_PAUSE = { later: 6 * HOUR, unreachable: 10 * MINUTE };

/** RFC 5321, 4.5.4.1: retries of a temporary failure should go on for at least 4–5 days. */
const GIVE_UP_AFTER = 5 * DAY;

/**
 * Retention of the record of a sent email, whose content and recipient are erased immediately, and of
 * a failed email, which an administrator can send again.
 */
const KEPT = 30 * DAY;

type Mail = typeof mails.$inferSelect;

export interface Delivery {
  sent: number;
  /** Will not be retried. */
  failed: number;
  /** Still in the outbox, to be retried later. */
  waiting: number;
}

export interface MailRefusal {
  mailId: string;
  /** The recipient. */
  email: string;
  cause: RefusalCause;
  /** Codes only, such as `RCPT TO 550 5.1.1`. */
  reply: string;
}

export interface DeliveryOptions {
  /** Composes a digest email; null if nothing is left to send. Without it they stay queued. */
  composeDigest?: (mailId: string) => Promise<MailContent | null>;
  /** The same for an email with notifications of replies and mentions. */
  composeNotice?: (mailId: string) => Promise<MailContent | null>;
  /** Called after each email that was sent. */
  onSent?: (sent: number) => void;
  /** Called for each email that could not be composed. */
  onError?: (error: ItemError) => void;
  /**
   * Called when a server has refused an email, in the transaction that records it. Of refusals for
   * now only those are reported that are about the sender.
   */
  onRefused?: (tx: Db, refusal: MailRefusal) => Promise<unknown>;
  /** No further email is started once it is aborted. */
  signal?: AbortSignal;
}

/**
 * Sends the due emails one at a time: letters before notifications and digests, and the oldest
 * first. A crash repeats at most the one email being sent, under the same Message-ID, and loses
 * none. Several processes may do this at the same time. An email that is temporarily refused, or
 * cannot be composed, is retried later and does not delay the others. If the server cannot be
 * reached, everything waits for the next run. Suppressed kinds of email are never sent to an
 * address, whatever code queued them.
 */
export async function deliverMails(
  app: AppContext,
  options: DeliveryOptions = {},
): Promise<Delivery> {
  const kinds: Mail['kind'][] = ['letter'];
  if (options.composeNotice) kinds.push('notice');
  if (options.composeDigest) kinds.push('digest');
  const done = { sent: 0, failed: 0 };
  let transport: Transport | null = null;
  try {
    while (!options.signal?.aborted) {
      const mail = await claimNext(app, kinds);
      if (!mail) break;
      transport ??= openTransport(app.config);
      const outcome = await attempt(app, transport, mail, options);
      if (outcome === 'unreachable') break;
      if (outcome === 'failed') done.failed += 1;
      if (outcome !== 'sent') continue;
      done.sent += 1;
      options.onSent?.(done.sent);
      await app.mailPace.wait(options.signal);
    }
  } finally {
    transport?.close();
  }
  return { ...done, waiting: await countWaiting(app.db.reader) };
}

/** Deletes emails that were sent or failed long ago; run as a background job. */
export async function purgeMails(tx: Db, clock: Clock): Promise<void> {
  await tx
    .delete(mails)
    .where(or(lte(mails.sentAt, clock.now() - KEPT), lte(mails.failedAt, clock.now() - KEPT)));
}

/** Claims the next due email if it is still free: one process gets it, on either database. */
async function claimNext(app: AppContext, kinds: Mail['kind'][]): Promise<Mail | null> {
  for (;;) {
    const now = app.clock.now();
    const next = await findNext(app.db.reader, now, kinds);
    if (!next) return null;
    const [mail] = await app.db.write((tx) =>
      tx
        .update(mails)
        .set({ leaseUntil: now + LEASE, attempts: next.attempts + 1 })
        .where(and(eq(mails.id, next.id), eq(mails.attempts, next.attempts), isFree(now)))
        .returning(),
    );
    if (mail) return mail;
  }
}

async function findNext(
  db: Db,
  now: number,
  kinds: Mail['kind'][],
): Promise<Pick<Mail, 'id' | 'attempts'> | null> {
  for (const kind of kinds) {
    const [next] = await db
      .select({ id: mails.id, attempts: mails.attempts })
      .from(mails)
      .where(and(isFree(now), eq(mails.kind, kind)))
      .orderBy(asc(mails.notBefore), asc(mails.id))
      .limit(1);
    if (next) return next;
  }
  return null;
}

/** Not sent, not failed, due and not claimed. */
function isFree(now: number) {
  return and(
    isNull(mails.sentAt),
    isNull(mails.failedAt),
    lte(mails.notBefore, now),
    or(isNull(mails.leaseUntil), lte(mails.leaseUntil, now)),
  );
}

type Outcome = 'sent' | 'dropped' | 'later' | 'failed' | 'unreachable';

async function attempt(
  app: AppContext,
  transport: Transport,
  mail: Mail,
  options: DeliveryOptions,
): Promise<Outcome> {
  let left: boolean;
  try {
    left = await makeAndSend(app, transport, mail, options);
  } catch (error) {
    if (error instanceof TransportError) return putBack(app, mail, error, options);
    options.onError?.(new ItemError(`mail ${mail.id}`, error));
    return putBack(app, mail, { verdict: 'later', summary: describeError(error) }, options);
  }
  if (!left) {
    await app.db.write((tx) => tx.delete(mails).where(ours(mail)));
    return 'dropped';
  }
  await finish(app, mail, { sentAt: app.clock.now(), lastError: null });
  return 'sent';
}

/** Composes an email and sends it. Returns false if there is nothing left to send. */
async function makeAndSend(
  app: AppContext,
  transport: Transport,
  mail: Mail,
  options: DeliveryOptions,
): Promise<boolean> {
  const content = await contentOf(app, mail, options);
  if (!content) return false;
  await transport.send({
    id: mail.id,
    messageId: messageId(await linkSecret(app), app.config.origin, mail.id),
    to: mail.to,
    subject: content.subject,
    text: content.text,
    html: content.html ?? null,
    headers: content.headers ?? {},
    list: 'list' in content ? content.list : undefined,
    date: new Date(app.clock.now()),
  });
  return true;
}

/** Returns an email's current content; null if there is nothing to say to its recipient. */
async function contentOf(
  app: AppContext,
  mail: Mail,
  { composeDigest, composeNotice }: DeliveryOptions,
): Promise<Pick<Mail, 'subject' | 'text' | 'html' | 'headers'> | MailContent | null | undefined> {
  // Letters are about the recipient's account or own request, so they cannot be suppressed.
  if (mail.kind === 'letter') return mail;
  if (await isSuppressed(app.db.reader, mail.to, mail.kind)) return null;
  return mail.kind === 'notice' ? composeNotice?.(mail.id) : composeDigest?.(mail.id);
}

async function putBack(
  app: AppContext,
  mail: Mail,
  error: Pick<TransportError, 'verdict' | 'summary'> & { refusal?: RefusalCause | null },
  options: DeliveryOptions,
): Promise<Outcome> {
  const now = app.clock.now();
  const { verdict, summary, refusal: cause = null } = error;
  const report = async (tx: Db) => {
    if (cause === null) return;
    await options.onRefused?.(tx, { mailId: mail.id, email: mail.to, cause, reply: summary });
  };
  const tooOld = verdict === 'later' && now - mail.createdAt >= GIVE_UP_AFTER;
  if (verdict === 'never' || tooOld) {
    await finish(app, mail, { failedAt: now, lastError: summary }, report);
    return 'failed';
  }
  const pause = Math.min(FIRST_PAUSE * 2 ** (mail.attempts - 1), LONGEST_PAUSE[verdict]);
  await app.db.write(async (tx) => {
    await tx
      .update(mails)
      .set({ leaseUntil: null, notBefore: now + pause, lastError: summary })
      .where(ours(mail));
    if (cause === 'sender' || cause === 'rate') await report(tx);
  });
  return verdict;
}

/** Records how an email ended. Of a sent one, content and recipient are erased: it may hold links. */
async function finish(
  app: AppContext,
  mail: Mail,
  end: Partial<Mail>,
  also?: (tx: Db) => Promise<void>,
): Promise<void> {
  await app.db.write(async (tx) => {
    await tx
      .update(mails)
      .set({ ...end, leaseUntil: null, ...(end.sentAt !== undefined && NOTHING_LEFT) })
      .where(ours(mail));
    await also?.(tx);
  });
}

const NOTHING_LEFT = { to: '', subject: '', text: '', html: null, headers: {} };

/** A process that lost its claim must not change an email that another has claimed. */
function ours({ id, attempts }: Mail) {
  return and(eq(mails.id, id), eq(mails.attempts, attempts));
}

/** Counts emails that are neither sent nor failed. */
export async function countWaiting(db: Db): Promise<number> {
  return countOf(db, mails, isNull(mails.sentAt), isNull(mails.failedAt));
}
