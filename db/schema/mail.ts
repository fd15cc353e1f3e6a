import { index, integer, primaryKey, table, text } from '../dialect';
import { id, json, moment } from './columns';

/**
 * The outbox: an email is written here in the transaction of the change it reports, and sent
 * afterwards. A row is claimed until `leaseUntil`, so that a crash loses no email and repeats at
 * most the one being sent, under the same Message-ID.
 */
export const mails = table(
  'mails',
  {
    id: id().primaryKey(),
    to: text('to_address').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html'),
    headers: json<Record<string, string>>('headers').notNull(),
    /**
     * A `letter` is stored as it will be sent. A `digest` is composed from its `deliveries` and a
     * `notice` from its `notifications` at the moment of sending, so that posts withdrawn in the
     * meantime are not sent. Letters are sent first.
     */
    kind: text('kind').$type<'letter' | 'notice' | 'digest'>().notNull().default('letter'),
    createdAt: moment('created_at').notNull(),
    notBefore: moment('not_before').notNull(),
    attempts: integer('attempts').notNull().default(0),
    leaseUntil: moment('lease_until'),
    sentAt: moment('sent_at'),
    failedAt: moment('failed_at'),
    lastError: text('last_error'),
    /** The moderation decision it reports: undoing the decision withdraws the email if unsent. */
    decisionId: text('decision_id'),
  },
  (t) => [
    index('mails_due').on(t.sentAt, t.failedAt, t.kind, t.notBefore),
    index('mails_decision').on(t.decisionId),
  ],
);

/**
 * Refused emails, one row for each email and cause (`mail/refusal-phrases.ts`). They count how often
 * an address refuses, and show the operator when many are refused for one cause.
 */
export const mailRefusals = table(
  'mail_refusals',
  {
    mailId: text('mail_id').notNull(),
    cause: text('cause').notNull(),
    /** What follows the @: the mail provider. */
    domain: text('domain').notNull(),
    /** As in `suppressions`; null if it is not known, or its owner has left. */
    addressHash: text('address_hash'),
    /** Codes only, such as `RCPT TO 550 5.7.1`. */
    reply: text('reply').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.mailId, t.cause] }),
    index('mail_refusals_address').on(t.addressHash),
    index('mail_refusals_created').on(t.createdAt),
  ],
);
