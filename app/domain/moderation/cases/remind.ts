import { and, asc, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import { inOffice } from '~/domain/moderation/permissions';
import type { AppContext } from '~/platform/app-context';
import { HOUR } from '~/platform/clock';
import { idsOf } from '~/platform/ids';
import { queueMail } from '~/platform/mail/outbox';
import type { Db } from '~db/client';
import { cases, users } from '~db/schema';
import { causesOf } from './open-case';
import { caseReminderMail } from './reminder-mail';

/**
 * Queues an email to every moderator about cases that have waited longer than CASE_REMINDER_HOURS,
 * once per case; run as a background job. The email quotes no posts, because waiting posts may be
 * unsuitable for sending. Returns the number of emails.
 */
export async function queueCaseReminders(app: AppContext): Promise<{ mails: number }> {
  const { clock, config } = app;
  const due = and(
    isNull(cases.closedAt),
    isNull(cases.remindedAt),
    lte(cases.openedAt, clock.now() - config.caseReminderHours * HOUR),
  );
  const anything = await app.db.reader.select({ id: cases.id }).from(cases).where(due).limit(1);
  if (anything.length === 0) return { mails: 0 };
  return app.db.write(async (tx) => {
    const waiting = await tx
      .select({ id: cases.id, openedAt: cases.openedAt })
      .from(cases)
      .where(due)
      .orderBy(asc(cases.openedAt), asc(cases.id));
    // Another process was faster.
    if (waiting.length === 0) return { mails: 0 };
    const ids = idsOf(waiting);
    const causes = await causesOf(tx, ids);
    const moderators = await moderatorsWithAddress(tx, app);
    for (const moderator of moderators) {
      const mail = caseReminderMail(app, moderator.language, waiting, causes);
      await queueMail(tx, clock, { to: moderator.email, ...mail });
    }
    await tx.update(cases).set({ remindedAt: clock.now() }).where(inArray(cases.id, ids));
    return { mails: moderators.length };
  });
}

async function moderatorsWithAddress(db: Db, { clock }: AppContext) {
  const rows = await db
    .select({ email: users.email, language: users.language })
    .from(users)
    .where(and(inOffice(clock), isNotNull(users.email)))
    .orderBy(asc(users.id));
  return rows.flatMap(({ email, language }) => (email ? [{ email, language }] : []));
}
