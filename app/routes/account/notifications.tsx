import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readerOf } from '~/domain/forum/visibility';
import { type InboxNotice, inbox, markRead, NOTICES_A_PAGE } from '~/domain/notifications/inbox';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { Handle } from '~/ui/accounts/handle';
import { linkTo, Text, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

const fields = z.object({ upTo: z.string().max(64) });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  const { app, visit } = context;
  const page = readPage(new URL(request.url).searchParams.get('page'));
  const reader = { ...readerOf(visit.visitor), personId: person.id };
  const { notices, total } = await inbox(app.db.reader, reader, page);
  const pages = Math.max(1, Math.ceil(total / NOTICES_A_PAGE));
  if (page > pages) throw notFound();
  return {
    head: { title: visit.i18n.t('people.notices.title'), noindex: true },
    notices,
    page,
    pages,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { db, clock } = context.app;
  return submit({ request, context }, fields, async ({ upTo }) => {
    await db.write((tx) => markRead(tx, clock, person.id, upTo));
    return redirect(pathTo('/notifications'), 303);
  });
}

export default function Notifications() {
  const { notices, page, pages } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const [newest] = notices;
  return (
    <>
      <h1>{t('people.notices.title')}</h1>
      {!newest && <p className="quiet">{t('people.notices.none')}</p>}
      {newest && notices.some((notice) => notice.unread) && (
        <form method="post" action={pathTo('/notifications')}>
          <input type="hidden" name="upTo" value={newest.id} />
          <button type="submit">{t('people.notices.mark')}</button>
        </form>
      )}
      <ol className="rows notices">
        {notices.map((notice) => (
          <li key={notice.id}>
            <p>
              {notice.unread && <strong>{t('people.notices.unread')}</strong>}{' '}
              <Sentence notice={notice} />
            </p>
            <Meta>
              <Minute ms={notice.createdAt} />
            </Meta>
          </li>
        ))}
      </ol>
      <Pagination page={page} pages={pages} path={pathTo('/notifications')} />
    </>
  );
}

function Sentence({ notice: { kind, post, decisionId } }: { notice: InboxNotice }) {
  const { t, titled } = useI18n();
  if (kind === 'hidden') {
    const href = decisionId
      ? pathTo('/decisions/:id', { id: decisionId })
      : pathTo('/p/:id', { id: post?.id ?? '' });
    return <Text k="people.notices.hidden" values={{ link: linkTo(href) }} />;
  }
  if (kind === 'modmail') {
    return <Text k="guard.talk.notice" values={{ link: linkTo(pathTo('/modmail')) }} />;
  }
  if (kind === 'decided' || kind === 'upheld' || kind === 'reversed') {
    return (
      <Text
        k={`people.notices.${kind}`}
        values={{ link: linkTo(pathTo('/decisions/:id', { id: decisionId ?? '' })) }}
      />
    );
  }
  if (!post) return t('people.notices.gone');
  if (kind === 'quoted' || kind === 'disputed') {
    const link = linkTo(pathTo('/p/:id/quoted', { id: post.id }));
    return <Text k={`people.notices.${kind}`} values={{ link }} />;
  }
  const link = linkTo(pathTo('/p/:id', { id: post.id }));
  if (kind === 'approved' || kind === 'restored') {
    return <Text k={`people.notices.${kind}`} values={{ link }} />;
  }
  const who = <Handle of={post.author} />;
  const { title, language } = titled('thread', post.thread);
  const thread = <bdi lang={language}>{title}</bdi>;
  return <Text k={`people.notices.${kind}`} values={{ who, link, thread }} />;
}
