import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { publicConversations } from '~/domain/forum/conversations/conversations';
import { postLanguages } from '~/domain/forum/threads/threads';
import { searchDigests } from '~/domain/search/search-digests';
import { isSearch, searchPosts } from '~/domain/search/search-posts';
import { FILTERS, readSearchQuery } from '~/domain/search/search-query';
import { LONGEST_SEARCH } from '~/domain/search/words';
import type { AppContext } from '~/platform/app-context';
import { siteTranslator } from '~/platform/community/site-translator';
import type { Locale } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';
import { filterState } from '~/server/filter-state';
import { ErrorSummary } from '~/ui/forms/fields';
import { regionOptions } from '~/ui/forum/place-options';
import { conversationOptions } from '~/ui/forum/view';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';
import { FoundDigests, Results } from '~/ui/search/results';
import { SearchForm } from '~/ui/search/search-form';
import { foundDigestView, languageName, resultView } from '~/ui/search/view';

/** Only a few digests are shown, because more would push the posts too far down. */
const MOST_DIGESTS = 3;

/** Reads what a search finds, once until it changes, for everybody. */
function readSearch(app: AppContext, searchParams: URLSearchParams, locale: Locale) {
  const asked = ['q', ...FILTERS, 'page'].map((name) => searchParams.get(name));
  return app.db.kept(`search ${JSON.stringify([locale, asked])}`, async (db) => {
    // Asked for anew: what is kept then depends on the words of the community, too.
    const community = await app.refreshCommunity();
    const conversations = await publicConversations(db);
    const query = readSearchQuery(searchParams, community, conversations);
    const narrowed = Object.values(query.filter).filter((value) => value !== null).length;
    const found = await searchPosts(db, query, siteTranslator(community, locale));
    // The filters apply to posts only, so unfiltered digests beside a filtered list would mislead.
    const withDigests = found.page === 1 && narrowed === 0;
    const digests = withDigests ? await searchDigests(db, query.words, MOST_DIGESTS) : [];
    return { query, narrowed, found, digests, conversations };
  });
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const { searchParams } = new URL(request.url);
  const { query, narrowed, found, digests, conversations } = await readSearch(
    app,
    searchParams,
    i18n.locale,
  );
  const { rows, isCut, ...paging } = found;
  const languages = await app.db.kept('post languages', postLanguages);

  const given = (name: string) => (searchParams.get(name) ?? '').slice(0, LONGEST_SEARCH);
  const names = ['q', ...FILTERS].filter((name) => given(name).trim() !== '');
  const values = Object.fromEntries(names.map((name) => [name, [given(name)]]));
  const { unknown, filter } = query;
  const state = filterState(i18n, values, { unknown, ...filter });
  const q = given('q').trim();
  return data(
    {
      head: {
        title: q ? i18n.t('search.titleFor', { q }) : i18n.t('search.title'),
        noindex: true,
      },
      q,
      searched: isSearch(query),
      narrowed,
      rows: rows.map((row) => resultView(row, i18n)),
      digests: digests.flatMap((digest) => foundDigestView(digest, i18n)),
      paging,
      isCut,
      path: pathTo(`/search?${new URLSearchParams(names.map((name) => [name, given(name)]))}`),
      state,
      regions: regionOptions(i18n.locale),
      conversations: conversationOptions(conversations, i18n),
      languages: languages.map((tag) => ({ value: tag, label: languageName(tag, i18n.locale) })),
    },
    { status: query.unknown.length > 0 ? 400 : 200 },
  );
}

export default function Search() {
  const { q, searched, narrowed, rows, digests, paging, isCut, path, state, ...choices } =
    useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="listing">
      <ErrorSummary state={state} />
      <h1>{t('search.title')}</h1>
      <SearchForm state={state} narrowed={narrowed} {...choices} />
      <FoundDigests digests={digests} />
      {searched && (
        <section aria-labelledby="results">
          <h2 id="results" className="list-count">
            {t(isCut ? 'search.countCut' : 'search.count', { n: paging.total })}
          </h2>
          <Results rows={rows} />
          {rows.length === 0 && <NothingFound narrowed={narrowed > 0} q={q} />}
          <Pagination {...paging} path={path} />
        </section>
      )}
      {!searched && q !== '' && <p className="empty">{t('search.noWord')}</p>}
    </div>
  );
}

/** Suggestions for an empty result. */
function NothingFound({ q, narrowed }: { q: string; narrowed: boolean }) {
  const { t } = useI18n();
  return (
    <div className="empty">
      <p>{t('search.none')}</p>
      {narrowed && q && (
        <p>
          <a href={pathTo(`/search?${new URLSearchParams({ q })}`)}>{t('search.everywhere')}</a>
        </p>
      )}
      <TextLine
        k="search.noneNew"
        values={{ all: linkTo(pathTo('/threads')), new: linkTo(pathTo('/threads/new')) }}
      />
    </div>
  );
}
