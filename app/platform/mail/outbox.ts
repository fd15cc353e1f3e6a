import type { Clock } from '~/platform/clock';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { mails } from '~db/schema';

/** What a mail says. */
export interface MailContent {
  subject: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
  /** Of a mail that is one of many. */
  list?: MailList;
}

/** What mail programs sort and leave a list by (RFC 2919, RFC 8058). */
export interface MailList {
  /** The first label of its List-Id. */
  name: string;
  /** Takes the POST of one-click unsubscribing. */
  unsubscribe: string;
}

export interface OutgoingMail extends Omit<MailContent, 'list'> {
  to: string;
}

/**
 * Puts a mail into the outbox, in the transaction of the thing it speaks of: both are kept or
 * neither. Gives the mail's id; it is sent by background work.
 */
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
    notBefore: now,
  });
  return id;
}

/** Puts a digest mail into the outbox without its words: they are found when it is sent. */
export function queueDigestMail(tx: Db, clock: Clock, to: string): Promise<string> {
  return queueWithoutWords(tx, clock, to, 'digest');
}

/** The same for a mail that tells of answers and mentions. */
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
