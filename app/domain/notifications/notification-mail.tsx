/** @jsxImportSource hono/jsx */
import { and, asc, eq, isNull, notExists, sql } from 'drizzle-orm';
import { postPath } from '~/domain/forum/paths';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { type Translator, translatorFor } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import type { MailContent } from '~/platform/mail/outbox';
import { Action, LinkLine, P, Quote } from '~/platform/mail/parts';
import { addressHash } from '~/platform/mail/suppression';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { mails, notifications, posts, threads, threadWatches, users } from '~db/schema';
import { leaveUrl } from './leave-token';
import { choicesOf } from './notification-settings';

/** Maximum number of posts in an email; the notifications page has all. */
const TOLD = 20;

/**
 * Composes an email about replies and mentions at the moment of sending. It contains only posts
 * that are then public, in threads that are not muted, and that the person has not read on the
 * site. Null if none is left, or if the person may not or does not want to be emailed any more.
 */
export async function composeNoticeMail(
  app: AppContext,
  mailId: string,
): Promise<MailContent | null> {
  const db = app.db.reader;
  const person = await recipient(db, mailId);
  if (!person?.email || person.email !== person.to) return null;
  if (person.confirmedAt === null || (person.suspendedUntil ?? 0) > app.clock.now()) return null;
  if ((await choicesOf(db, person.id)).mail === 'none') return null;
  const told = await toldBy(db, mailId, person.id);
  if (told.length === 0) return null;
  const i18n = translatorFor(person.language);
  const leave = leaveUrl(app.config.origin, await linkSecret(app), addressHash(person.email));
  return {
    ...writeNotificationMail(i18n, app.config, told, leave),
    list: { name: 'notices', unsubscribe: `${leave}/unsubscribe` },
  };
}

async function recipient(db: Db, mailId: string) {
  const [row] = await db
    .select({
      id: users.id,
      language: users.language,
      confirmedAt: users.confirmedAt,
      suspendedUntil: users.suspendedUntil,
      email: users.email,
      to: mails.to,
    })
    .from(notifications)
    .innerJoin(users, eq(users.id, notifications.userId))
    .innerJoin(mails, eq(mails.id, notifications.mailId))
    .where(eq(notifications.mailId, mailId))
    .limit(1);
  return row ?? null;
}

/** A reply or mention in an email. */
export type Told = Awaited<ReturnType<typeof toldBy>>[number];

async function toldBy(db: Db, mailId: string, userId: string) {
  return db
    .select({
      kind: sql<'reply' | 'mention'>`${notifications.kind}`,
      postId: posts.id,
      author: users.handle,
      thread: threads.title,
      excerpt: posts.excerpt,
      language: posts.language,
    })
    .from(notifications)
    .innerJoin(posts, eq(posts.id, notifications.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(
      and(
        eq(notifications.mailId, mailId),
        isNull(notifications.readAt),
        publicPost(),
        notExists(
          db
            .select({ one: sql`1` })
            .from(threadWatches)
            .where(
              and(
                eq(threadWatches.userId, userId),
                eq(threadWatches.threadId, posts.threadId),
                eq(threadWatches.state, 'muted'),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(notifications.createdAt), asc(notifications.id));
}

/** Writes the email about at least one reply or mention; `leave` unsubscribes without login. */
export function writeNotificationMail(
  i18n: Translator,
  config: AppContext['config'],
  told: Told[],
  leave: string,
): MailContent {
  const { t } = i18n;
  const [first] = told;
  const values = { site: config.siteName, n: told.length };
  const more = told.length - TOLD;
  const Read = told.length === 1 ? Action : LinkLine;
  return writeMail(i18n, config, {
    subject: told.length === 1 && first ? titleOf(i18n, first) : t('reading.mail.subject', values),
    why: t('reading.mail.why', values),
    choices: [
      { label: t('reading.mail.settings'), url: `${config.origin}/settings/notices` },
      { label: t('mail.digest.leave'), url: leave },
    ],
    children: (
      <>
        <P>{t('reading.mail.lead', values)}</P>
        {more > 0 && <P>{t('reading.mail.more', { n: more })}</P>}
        {told.slice(0, TOLD).map((one) => (
          <>
            <P>
              <b>{titleOf(i18n, one)}</b>
            </P>
            <Quote words={one.excerpt} language={one.language} />
            <Read href={config.origin + postPath(one.postId)}>{t('reading.mail.read')}</Read>
          </>
        ))}
        <LinkLine href={`${config.origin}/notifications`}>{t('reading.mail.all')}</LinkLine>
      </>
    ),
  });
}

function titleOf({ t }: Translator, { kind, author, thread }: Told): string {
  return t(`reading.mail.${kind}`, { who: author, thread });
}
