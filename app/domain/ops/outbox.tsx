/** @jsxImportSource hono/jsx */
import { and, asc, desc, eq, gt, isNotNull, isNull, ne } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Translator } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import { type MailContent, queueMail } from '~/platform/mail/outbox';
import { P } from '~/platform/mail/parts';
import { countUse } from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { mails } from '~db/schema';

/** How many emails of each state are listed. */
const LISTED = 50;

const waiting = and(isNull(mails.sentAt), isNull(mails.failedAt));

/** What administrators see of the outbox: no recipients, only their mail providers. */
export async function readOutbox(db: Db, clock: Clock) {
  return {
    waiting: await countOf(db, mails, waiting),
    sentToday: await countOf(db, mails, gt(mails.sentAt, clock.now() - DAY)),
    /** Tried without success, and to be tried again. */
    delayed: await listed(db, and(waiting, isNotNull(mails.lastError)), asc(mails.createdAt)),
    failed: await listed(db, isNotNull(mails.failedAt), desc(mails.failedAt)),
  };
}

async function listed(db: Db, which: ReturnType<typeof and>, order: ReturnType<typeof asc>) {
  const rows = await db
    .select()
    .from(mails)
    .where(which)
    .orderBy(order, asc(mails.id))
    .limit(LISTED);
  return rows.map(({ id, kind, to, createdAt, failedAt, notBefore, attempts, lastError }) => ({
    ...{ id, kind, createdAt, failedAt, notBefore, attempts },
    /** What follows the @; '' for emails that failed before they were kept. */
    domain: to.slice(to.lastIndexOf('@') + 1),
    /** Codes of the mail server, or a type of error; no email address. */
    error: lastError ?? '',
  }));
}

/**
 * Queues a failed email again, and tries it for as long as a new one.
 * @throws DomainError `missing` if there is no such failed email.
 */
export async function resendMail(tx: Db, clock: Clock, id: string): Promise<void> {
  const now = clock.now();
  const [queued] = await tx
    .update(mails)
    .set({ failedAt: null, attempts: 0, createdAt: now, notBefore: now })
    .where(and(eq(mails.id, id), isNotNull(mails.failedAt), ne(mails.to, '')))
    .returning({ id: mails.id });
  if (!queued) throw new DomainError('missing', 'site.problem.404.title');
}

/** Makes all emails due that wait for another attempt. */
export async function tryDelayedMails(tx: Db, clock: Clock): Promise<void> {
  await tx
    .update(mails)
    .set({ notBefore: clock.now() })
    .where(and(waiting, isNotNull(mails.lastError), isNull(mails.leaseUntil)));
}

/**
 * Queues an email whose only purpose is to arrive.
 * @throws DomainError `too-many`
 */
export async function sendTestMail(
  app: AppContext,
  i18n: Translator,
  to: { id: string; email: string },
): Promise<void> {
  await countUse(app, 'mail-test', to.id);
  const { clock, db } = app;
  const mail = testMail(app, i18n);
  await db.write((tx) => queueMail(tx, clock, { to: to.email, ...mail }));
}

/** To an administrator who asked for it. */
export function testMail({ config, clock }: AppContext, i18n: Translator): MailContent {
  const values = { site: config.siteName };
  return writeMail(i18n, config, {
    subject: i18n.t('admin.mail.test.subject', values),
    why: i18n.t('admin.mail.test.why', values),
    children: <P>{i18n.t('admin.mail.test.text', { time: i18n.minute(clock.now()) })}</P>,
  });
}
