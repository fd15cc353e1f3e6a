import { and, eq, isNull, lte, or } from 'drizzle-orm';
import { type Clock, MINUTE } from '~/platform/clock';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { mails } from '~db/schema';

/** The content of an email. */
export interface MailContent {
  subject: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
  /** For email sent to a list, such as digests. */
  list?: MailList;
}

/** Mailing list headers, used for filtering and one-click unsubscribe (RFC 2919, RFC 8058). */
export interface MailList {
  /** The first label of the List-Id. */
  name: string;
  /** URL for the one-click unsubscribe POST. */
  unsubscribe: string;
}

export interface OutgoingMail extends Omit<MailContent, 'list'> {
  to: string;
  /** The moderation decision it reports; such an email waits and can be withdrawn. */
  decisionId?: string;
  /** How long it waits at least, in ms. */
  delay?: number;
}

/** How long an email about a decision waits: undoing a mistake withdraws the email too. */
export const DECISION_MAIL_WAIT = MINUTE;

/** Adds an email to the outbox in the transaction that it reports; returns its id. */
export async function queueMail(tx: Db, clock: Clock, mail: OutgoingMail): Promise<string> {
  const now = clock.now();
  const id = newId(now);
  await tx.insert(mails).values({
    id,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html ?? null,
    headers: mail.headers ?? {},
    createdAt: now,
    notBefore: now + (mail.decisionId ? DECISION_MAIL_WAIT : (mail.delay ?? 0)),
    decisionId: mail.decisionId ?? null,
  });
  return id;
}

/**
 * Deletes the emails about a decision that have not been sent. Returns the addresses that they
 * would have gone to. An email that is being sent at this moment is not withdrawn.
 */
export async function withdrawMails(tx: Db, clock: Clock, decisionId: string): Promise<string[]> {
  const idle = or(isNull(mails.leaseUntil), lte(mails.leaseUntil, clock.now()));
  const withdrawn = await tx
    .delete(mails)
    .where(
      and(eq(mails.decisionId, decisionId), isNull(mails.sentAt), isNull(mails.failedAt), idle),
    )
    .returning({ to: mails.to });
  return withdrawn.map(({ to }) => to);
}

/** Queues a digest email without content; the content is composed when it is sent. */
export function queueDigestMail(tx: Db, clock: Clock, to: string): Promise<string> {
  return queueWithoutWords(tx, clock, to, 'digest');
}

/** Queues an email with notifications of replies and mentions in the same way. */
export function queueNoticeMail(tx: Db, clock: Clock, to: string): Promise<string> {
  return queueWithoutWords(tx, clock, to, 'notice');
}

async function queueWithoutWords(
  tx: Db,
  clock: Clock,
  to: string,
  kind: 'notice' | 'digest',
): Promise<string> {
  const now = clock.now();
  const id = newId(now);
  await tx.insert(mails).values({
    id,
    to,
    kind,
    subject: '',
    text: '',
    headers: {},
    createdAt: now,
    notBefore: now,
  });
  return id;
}
