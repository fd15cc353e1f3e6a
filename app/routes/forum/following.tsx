import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  type Followable,
  followed,
  parseFollowable,
  setFollow,
} from '~/domain/forum/read-state/follow';
import { markAllRead } from '~/domain/forum/read-state/mark-read';
import { readingOf } from '~/domain/forum/read-state/unread';
import { listThreads } from '~/domain/forum/threads/threads';
import { DomainError } from '~/platform/errors';
import { idsOf } from '~/platform/ids';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { safeRedirect } from '~/server/safe-redirect';
import { FollowButton } from '~/ui/forum/follow-button';
import { MarkAllRead } from '~/ui/forum/mark-read';
import { PillarMark } from '~/ui/forum/pillar-mark';
import { ThreadRows } from '~/ui/forum/thread-row';
import { threadRowView } from '~/ui/forum/view';
import { WatchButton } from '~/ui/forum/watch-form';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';
import { Pagination } from '~/ui/pagination';

/** The threads, pillars and regions that a person watches, follows or mutes. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id: personId } = requirePerson(context, request);
  const { app, visit } = context;
  const { i18n } = visit;
  const db = app.db.reader;
  const page = readPage(new URL(request.url).searchParams.get('page'));
  const state = 'watching';
  const { rows, ...paging } = await listThreads(db, { watch: { personId, state } }, 'latest', page);
  const reading = await readingOf(db, personId, idsOf(rows));
  const muted = await listThreads(db, { watch: { personId, state: 'muted' } }, 'latest', 1);
  const following = await followed(db, app.community, personId);
  return {
    head: { title: i18n.t('reading.following.title'), noindex: true },
    rows: rows.map((row) => threadRowView(row, i18n, reading.get(row.id))),
    paging,
    muted: muted.rows.map((row) => threadRowView(row, i18n)),
    following: following.map((one) => ({ ...one, name: nameOf(one, i18n.locale) })),
    seen: app.clock.now(),
  };
}

function nameOf({ kind, code }: Followable, locale: Parameters<typeof placeName>[1]): string {
  return kind === 'region' ? placeName(code, locale) : '';
}

const fields = z.discriminatedUnion('action', [
  z.object({
    action: z.enum(['follow', 'unfollow']),
    kind: z.string(),
    code: z.string(),
    redirectTo: z.string().default(''),
  }),
  z.object({
    action: z.literal('all-read'),
    /** Time at which the page was made, in UTC ms. */
    seen: z
      .string()
      .regex(/^\d{1,15}$/, 'site.error.field')
      .transform(Number),
    redirectTo: z.string().default(''),
  }),
]);

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { db, clock, community } = context.app;
  return submit({ request, context }, fields, async (form) => {
    await db.write(async (tx) => {
      if (form.action === 'all-read') return markAllRead(tx, clock, person.id, form.seen);
      const followable = parseFollowable(form.kind, form.code, community);
      if (!followable) throw new DomainError('invalid', 'site.error.field');
      return setFollow(tx, clock, person.id, followable, form.action === 'follow');
    });
    return redirect(safeRedirect(form.redirectTo, pathTo('/following')), 303);
  });
}

export default function Following() {
  const { rows, paging, muted, following, seen } = useLoaderData<typeof loader>();
  const { t, name } = useI18n();
  const unread = rows.some((row) => row.unread > 0);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('reading.following.title')}</h1>
        <p className="lead">{t('reading.following.lead')}</p>
      </header>
      <section className="page-main" aria-labelledby="watched">
        <h2 id="watched" className="list-count">
          {t('reading.following.threads', { n: paging.total })}
        </h2>
        {unread && <MarkAllRead seen={seen} back={pathTo('/following')} />}
        {rows.length === 0 && <p className="empty">{t('reading.following.none')}</p>}
        <ThreadRows rows={rows} />
        <Pagination {...paging} path={pathTo('/following')} />
      </section>
      <aside className="page-aside">
        <section aria-labelledby="followed">
          <h2 id="followed">{t('reading.following.areas')}</h2>
          {following.length === 0 && (
            <TextLine
              className="hint"
              k="reading.following.areasNone"
              values={{ link: linkTo('/#by-pillar') }}
            />
          )}
          <ul className="kept">
            {following.map((one) => (
              <li key={one.code}>
                {one.kind === 'pillar' ? (
                  <PillarMark pillar={one.code} />
                ) : (
                  <a href={pathTo('/regions/:m49', { m49: one.code })}>{one.name}</a>
                )}
                <FollowButton
                  kind={one.kind}
                  code={one.code}
                  name={one.kind === 'pillar' ? name('pillar', one.code) : one.name}
                  followed
                  back={pathTo('/following')}
                />
              </li>
            ))}
          </ul>
        </section>
        {muted.length > 0 && (
          <section aria-labelledby="muted">
            <h2 id="muted">{t('reading.following.muted')}</h2>
            <ul className="kept">
              {muted.map((thread) => (
                <li key={thread.id}>
                  <a href={thread.path} lang={thread.language} dir="auto">
                    {thread.title}
                  </a>
                  <WatchButton
                    threadId={thread.id}
                    action="neither"
                    label={t('reading.watch.unmute')}
                    about={thread.title}
                    back={pathTo('/following')}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        <section aria-labelledby="also">
          <h2 id="also">{t('reading.following.also')}</h2>
          <ul>
            <LinkItem href={pathTo('/bookmarks')} label={t('reading.bookmarks.title')} />
            <LinkItem href={pathTo('/notifications')} label={t('people.notices.title')} />
            <LinkItem href={pathTo('/settings/notices')} label={t('reading.choices.title')} />
          </ul>
        </section>
      </aside>
    </div>
  );
}
