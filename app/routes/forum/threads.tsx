import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { findConversation } from '~/domain/forum/conversations/conversations';
import { withoutParameter } from '~/domain/forum/paths';
import { readingOf } from '~/domain/forum/read-state/unread';
import { readThreadQuery, THREAD_PARAMETERS } from '~/domain/forum/threads/thread-query';
import {
  countThreads,
  listThreads,
  postLanguages,
  THREAD_SORTS,
} from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import { idsOf } from '~/platform/ids';
import { languageNames } from '~/platform/languages/names';
import { pageUrl } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { filterState } from '~/server/filter-state';
import { ErrorSummary } from '~/ui/forms/fields';
import { MarkAllRead } from '~/ui/forum/mark-read';
import { regionOptions } from '~/ui/forum/place-options';
import { ThreadFilters } from '~/ui/forum/thread-filters';
import { ThreadRows } from '~/ui/forum/thread-row';
import { threadRowView } from '~/ui/forum/view';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';
import { Row, UNSEEN } from '~/ui/row';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const { searchParams } = new URL(request.url);
  const { filter, sort, page, unknown } = readThreadQuery(searchParams, app.community);
  const key = `threads ${JSON.stringify([filter, sort, page])}`;
  const { rows, ...paging } = await app.db.kept(key, (db) => listThreads(db, filter, sort, page));
  const reading = await readingOf(app.db.reader, visit.visitor.person?.id ?? null, idsOf(rows));
  const languages = await app.db.kept('post languages', postLanguages);
  const narrowed = Object.values(filter).some(Boolean);
  const asked = filter.conversation
    ? await findConversation(app.db.reader, filter.conversation, EVERYBODY)
    : null;

  const found = asked && i18n.titled('conversation', asked);

  const given = (name: string) => searchParams.getAll(name).slice(0, 1);
  const names = THREAD_PARAMETERS.filter((name) => name !== 'page');
  const values = Object.fromEntries(names.map((name) => [name, given(name)]));
  const state = filterState(i18n, values, { unknown, ...filter });

  const here = new URLSearchParams(
    names.flatMap((name) =>
      given(name)
        .filter(Boolean)
        .map((value) => [name, value]),
    ),
  ).toString();
  const path = here ? pathTo(`/threads?${here}`) : pathTo('/threads');
  const languageName = languageNames(i18n.locale);
  const { language } = filter;
  const all = language
    ? await countThreads(app.db.reader, { ...filter, language: null }, sort)
    : paging.total;
  return data(
    {
      head: {
        title: i18n.t('conversation.threads.title'),
        description: i18n.t('conversation.threads.description'),
        canonical: pageUrl(path, paging.page),
        feeds: [{ title: i18n.t('conversation.feed.all'), path: pathTo('/feed.xml') }],
        noindex: narrowed,
      },
      rows: rows.map((row) => threadRowView(row, i18n, reading.get(row.id))),
      seen: visit.visitor.person && app.clock.now(),
      paging,
      path,
      narrowed,
      conversation: found && { slug: found.slug, title: found.title, language: found.language },
      state,
      sort,
      regions: regionOptions(i18n.locale),
      languages: languages.map((tag) => ({ value: tag, label: languageName(tag) })),
      left: language ? { name: languageName(language), n: all - paging.total } : null,
      inAllLanguages: withoutParameter(path, 'language'),
    },
    { status: unknown.length > 0 ? 400 : 200 },
  );
}

export default function Threads() {
  const {
    rows,
    seen,
    paging,
    path,
    narrowed,
    conversation,
    state,
    sort,
    regions,
    languages,
    left,
    inAllLanguages,
  } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="page">
      <header className="page-head">
        <ErrorSummary state={state} />
        <h1>{t('conversation.threads.title')}</h1>
        <Row className="actions" separator={UNSEEN}>
          <a className="button" href={pathTo('/threads/new')}>
            {t('conversation.threads.start')}
          </a>
          <a className="to-filters" href="#filters">
            {t('conversation.threads.filter')}
          </a>
        </Row>
      </header>
      <section className="page-main" aria-labelledby="list">
        <h2 id="list" className="list-count">
          {t('conversation.threads.count', { n: paging.total })}
        </h2>
        {seen && rows.some((row) => row.unread > 0) && <MarkAllRead seen={seen} back={path} />}
        {conversation && (
          <TextLine
            className="quiet"
            k="conversations.in"
            values={{
              title: conversation.title,
              link: linkTo(pathTo('/c/:slug', { slug: conversation.slug })),
            }}
          />
        )}
        {left && (
          <TextLine
            className="quiet"
            k="words.filter.left"
            values={{ language: left.name, n: left.n, all: linkTo(inAllLanguages) }}
          />
        )}
        <ThreadRows rows={rows} />
        {rows.length === 0 && (
          <TextLine
            className="empty"
            k="conversation.threads.none"
            values={{ all: linkTo(pathTo('/threads')), new: linkTo(pathTo('/threads/new')) }}
          />
        )}
        <Pagination {...paging} path={path} />
      </section>
      <aside className="page-aside">
        <ThreadFilters
          state={state}
          sort={sort}
          sorts={THREAD_SORTS}
          regions={regions}
          languages={languages}
          narrowed={narrowed}
          conversation={conversation?.slug ?? null}
        />
      </aside>
    </div>
  );
}
