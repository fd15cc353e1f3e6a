import { setImmediate as breathe } from 'node:timers/promises';
import { and, eq, gt, inArray, isNotNull, isNull, lte, min, ne, or, sql } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { forEachApart, type ItemError } from '~/platform/errors';
import { queueNoticeMail } from '~/platform/mail/outbox';
import type { Db } from '~db/client';
import { notifications, readingChoices, users } from '~db/schema';
import { lastMorning } from './morning';
import { DEFAULT_MAIL } from './notification-settings';

/** The kinds that are emailed: what is addressed to the person. Others are shown on the site only. */
const MAILED = ['reply', 'mention', 'quoted'];

/** Older notifications are not emailed: whoever turns emails on again gets no backlog. */
const NEWS = 3 * DAY;

/**
 * Queues an email for everyone who is due to be notified: immediately, or with everything up to the
 * morning for those who get one email a day. The email and its notifications are linked in one
 * transaction, so a crash neither loses nor duplicates any; the content is composed when it is
 * sent.
 */
export async function queueDueNotices(
  app: AppContext,
): Promise<{ mails: number; errors: ItemError[] }> {
  const now = app.clock.now();
  let mails = 0;
  const { errors } = await forEachApart(
    await waiting(app.db.reader, now),
    ({ userId }) => `notifications of ${userId}`,
    async ({ userId, email, daily, timeZone, oldest }) => {
      const until = daily ? lastMorning(now, timeZone) : now;
      if (!email || oldest === null || oldest > until) return;
      const theirs = and(
        unmailed(now),
        eq(notifications.userId, userId),
        lte(notifications.createdAt, until),
      );
      await app.db.write(async (tx) => {
        const mailId = await queueNoticeMail(tx, app.clock, email);
        await tx.update(notifications).set({ mailId }).where(theirs);
      });
      mails += 1;
      await breathe();
    },
  );
  return { mails, errors };
}

/** Returns who has notifications to be emailed, and since when. One query. */
async function waiting(db: Db, now: number) {
  const choice = sql<string>`coalesce(${readingChoices.mail}, ${DEFAULT_MAIL})`;
  return db
    .select({
      userId: users.id,
      email: users.email,
      timeZone: users.timeZone,
      daily: sql`${choice} = 'daily'`.mapWith(Boolean),
      oldest: min(notifications.createdAt),
    })
    .from(notifications)
    .innerJoin(users, eq(users.id, notifications.userId))
    .leftJoin(readingChoices, eq(readingChoices.userId, users.id))
    .where(
      and(
        unmailed(now),
        ne(choice, 'none'),
        isNotNull(users.email),
        isNotNull(users.confirmedAt),
        or(isNull(users.suspendedUntil), lte(users.suspendedUntil, now)),
      ),
    )
    .groupBy(users.id, users.email, users.timeZone, readingChoices.mail);
}

function unmailed(now: number) {
  return and(
    isNull(notifications.mailId),
    isNull(notifications.readAt),
    inArray(notifications.kind, MAILED),
    gt(notifications.createdAt, now - NEWS),
  );
}
