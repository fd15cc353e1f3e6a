/** @jsxImportSource hono/jsx */
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import { postPath } from '~/domain/forum/paths';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { type SiteTranslator, siteTranslator } from '~/platform/community/site-translator';
import type { Translator } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import type { MailContent } from '~/platform/mail/outbox';
import { Action, LinkLine, P, Quote } from '~/platform/mail/parts';
import { addressHash } from '~/platform/mail/suppression';
import { pathTo } from '~/platform/paths';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { noRow } from '~db/dialect';
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
  tellQuotes: TellQuotes,
): Promise<MailContent | null> {
  const db = app.db.reader;
  const person = await recipient(db, mailId);
  if (!person?.email || person.email !== person.to) return null;
  if (person.confirmedAt === null || (person.suspendedUntil ?? 0) > app.clock.now()) return null;
  if ((await choicesOf(db, person.id)).mail === 'none') return null;
  const i18n = siteTranslator(app.community, person.language, person.timeZone);
  const told: MailedNotification[] = [];
  for (const { kind, ...post } of await toldBy(db, mailId, person.id)) {
    if (kind !== 'quoted') {
      told.push({ ...post, thread: i18n.titled('thread', post.thread).title, kind });
    }
    // What is not quoted any more is not told.
    else for (const quote of await tellQuotes(i18n, post.postId)) told.push({ kind, ...quote });
  }
  if (told.length === 0) return null;
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
      timeZone: users.timeZone,
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

/** A reply or mention in an email, or words that a digest quotes. */
export type MailedNotification =
  | {
      kind: 'reply' | 'mention';
      postId: string;
      author: string;
      thread: string;
      excerpt: string;
      language: string;
    }
  | ({ kind: 'quoted' } & QuoteTold);

/** Words of the person that digests quote. */
export interface QuoteTold {
  postId: string;
  text: string;
  language: string;
  /** Who signs it there. */
  signature: string;
  in: { title: string; under: string }[];
  /** The path of the page with the one-press objection. */
  object: string;
  /** Until when one press is enough, UTC ms. */
  until: number | null;
}

/** Returns what an author is told of the quotes of a post; passed in, because digests know it. */
export type TellQuotes = (i18n: SiteTranslator, postId: string) => Promise<QuoteTold[]>;

async function toldBy(db: Db, mailId: string, userId: string) {
  return db
    .select({
      kind: sql<'reply' | 'mention' | 'quoted'>`${notifications.kind}`,
      postId: posts.id,
      author: users.handle,
      thread: { id: threads.id, title: threads.title, language: threads.language },
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
        or(
          eq(notifications.kind, 'quoted'),
          noRow(
            threadWatches,
            eq(threadWatches.userId, userId),
            eq(threadWatches.threadId, posts.threadId),
            eq(threadWatches.state, 'muted'),
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
  told: MailedNotification[],
  leave: string,
): MailContent {
  const { t } = i18n;
  const values = { site: config.siteName, n: told.length };
  const more = told.length - TOLD;
  const Read = told.length === 1 ? Action : LinkLine;
  return writeMail(i18n, config, {
    subject: subjectOf(i18n, told),
    why: t('reading.mail.why', values),
    choices: [
      { label: t('reading.mail.settings'), url: config.origin + pathTo('/settings/notices') },
      { label: t('mail.digest.leave'), url: leave },
    ],
    children: (
      <>
        {told.length > 1 && <P>{t('reading.mail.lead', values)}</P>}
        {more > 0 && <P>{t('reading.mail.more', { n: more })}</P>}
        {told.slice(0, TOLD).map((one) => (
          <>
            <P>
              <b>{titleOf(i18n, one)}</b>
            </P>
            {one.kind === 'quoted' ? (
              <QuotedPart i18n={i18n} origin={config.origin} quoted={one} />
            ) : (
              <>
                <Quote words={one.excerpt} language={one.language} />
                <Read href={config.origin + postPath(one.postId)}>{t('reading.mail.read')}</Read>
              </>
            )}
          </>
        ))}
        <LinkLine href={config.origin + pathTo('/notifications')}>{t('reading.mail.all')}</LinkLine>
      </>
    ),
  });
}

function QuotedPart({
  i18n: { t, minute },
  origin,
  quoted: { text, language, signature, in: places, object, until },
}: {
  i18n: Translator;
  origin: string;
  quoted: QuoteTold;
}) {
  return (
    <>
      <Quote words={text} language={language}>
        <P small>{signature}</P>
      </Quote>
      {places.map(({ title, under }) => (
        <P key={title} small>
          {t('quotes.in', { digest: title, under })}
        </P>
      ))}
      {until !== null && <P>{t('quotes.until', { time: minute(until) })}</P>}
      <Action href={origin + object}>{t(until === null ? 'quotes.see' : 'quotes.object')}</Action>
    </>
  );
}

/** Says the first of them; the others are counted. */
function subjectOf(i18n: Translator, [first, ...others]: MailedNotification[]): string {
  const title = first ? titleOf(i18n, first) : '';
  if (others.length === 0) return title;
  return i18n.t('reading.mail.subject', { first: title, more: others.length });
}

function titleOf({ t }: Translator, told: MailedNotification): string {
  if (told.kind === 'quoted') {
    return t('reading.mail.quoted', { digest: told.in[0]?.title ?? '', more: told.in.length - 1 });
  }
  const { kind, author, thread } = told;
  return t(`reading.mail.${kind}`, { who: author, thread });
}
