import { and, asc, eq, isNull, notExists, sql } from 'drizzle-orm';
import { postPath } from '~/domain/forum/paths';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DEFAULT_LOCALE, isLocale } from '~/platform/i18n/locales';
import { type Translator, translator } from '~/platform/i18n/translator';
import { type LetterEntry, writeLetter } from '~/platform/mail/mail-layout';
import type { MailContent } from '~/platform/mail/outbox';
import { addressHash } from '~/platform/mail/suppression';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { mails, notifications, posts, threads, threadWatches, users } from '~db/schema';
import { leaveUrl } from './leave-token';
import { choicesOf } from './notification-settings';

/** A mail tells of so many at length; the page of notices has them all. */
const TOLD = 20;

/**
 * The words of a mail about answers and mentions, found at the moment it is sent: only posts that
 * everybody may read then, in threads that are not muted, of which the person has not read here.
 * Null when nothing of it is left, or the person may or will not be written to any more.
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
  const i18n = translator(isLocale(person.language) ? person.language : DEFAULT_LOCALE);
  const leave = leaveUrl(app.config.origin, await linkSecret(app), addressHash(person.email));
  return {
    ...letter(i18n, app, told, leave),
    headers: {
      'List-Id': `${app.config.siteName} <notices.${new URL(app.config.origin).hostname}>`,
      'List-Unsubscribe': `<${leave}/unsubscribe>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
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

type Told = Awaited<ReturnType<typeof toldBy>>[number];

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

function letter(
  i18n: Translator,
  { config }: AppContext,
  told: Told[],
  leave: string,
): Omit<MailContent, 'headers'> {
  const { t } = i18n;
  const [first] = told;
  const values = { site: config.siteName, n: told.length };
  const subject =
    told.length === 1 && first
      ? t(`reading.mail.${first.kind}`, { who: first.author, thread: first.thread })
      : t('reading.mail.subject', values);
  const more = told.length - TOLD;
  const written = writeLetter(i18n, {
    paragraphs: [
      t('reading.mail.lead', values),
      ...(more > 0 ? [t('reading.mail.more', { n: more })] : []),
    ],
    entries: told.slice(0, TOLD).map((one) => entry(i18n, config.origin, one)),
    action: { label: t('reading.mail.all'), url: `${config.origin}/notifications` },
    footer: t('reading.mail.why', values),
    choices: [
      { label: t('mail.digest.manage'), url: `${config.origin}/settings/notices` },
      { label: t('mail.digest.leave'), url: leave },
    ],
  });
  return { subject, ...written };
}

function entry({ t }: Translator, origin: string, told: Told): LetterEntry {
  return {
    lead: t(`reading.mail.${told.kind}`, { who: told.author, thread: told.thread }),
    quote: { text: told.excerpt, language: told.language },
    link: { label: t('reading.mail.read'), url: origin + postPath(told.postId) },
  };
}
