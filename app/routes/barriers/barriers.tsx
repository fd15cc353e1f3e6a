import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { firstReport, listReports, overview } from '~/domain/barriers/explore';
import { type DateRange, FILTER_NAMES, readBarrierQuery } from '~/domain/barriers/query';
import { DAY } from '~/platform/clock';
import type { MessageKey } from '~/platform/i18n/translator';
import { pageUrl, readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { filterState } from '~/server/filter-state';
import { Downloads } from '~/ui/barriers/downloads';
import { BarrierFilters, monthOptions } from '~/ui/barriers/filters';
import { keyPointLinks, keyPointRows } from '~/ui/barriers/key-point-view';
import { KeyPointNote, KeyPoints } from '~/ui/barriers/key-points';
import { RegionMap } from '~/ui/barriers/map';
import { mapView } from '~/ui/barriers/map-view';
import { NotSurvey } from '~/ui/barriers/not-survey';
import { KindTable, PlaceTable } from '~/ui/barriers/tables';
import { overviewView } from '~/ui/barriers/view';
import { ErrorSummary } from '~/ui/forms/fields';
import { Newest } from '~/ui/forum/newest';
import { regionOptions } from '~/ui/forum/place-options';
import { conversationOptions, excerptView } from '~/ui/forum/view';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Pagination } from '~/ui/pagination';
import { Meta, Row, UNSEEN } from '~/ui/row';

const ERRORS: Partial<Record<string, MessageKey>> = {
  region: 'barriers.error.region',
  country: 'conversation.error.noCountry',
  industry: 'conversation.error.industry',
  pillar: 'conversation.error.pillar',
  kind: 'barriers.error.kind',
  from: 'barriers.error.day',
  to: 'barriers.error.day',
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const { searchParams } = new URL(request.url);
  const query = await readBarrierQuery(searchParams, app);
  const { filter, unknown, canonical, now } = query;
  const found = await overview(app, filter, { least: app.config.digestMinAuthors, now });
  const { rows, ...paging } = await listReports(
    app.db.reader,
    filter,
    readPage(searchParams.get('page')),
  );

  const given = (name: string) => searchParams.getAll(name).slice(0, 1);
  const values = Object.fromEntries(FILTER_NAMES.map((name) => [name, given(name)]));
  const country = canonical.get('country');
  const state = filterState(i18n, values, { ...filter, unknown, country }, ERRORS);
  const search = canonical.size > 0 ? `?${canonical}` : '';
  const path = pathTo('/barriers') + search;
  return data(
    {
      head: {
        title: i18n.t('barriers.title'),
        description: i18n.t('barriers.description'),
        canonical: pageUrl(path, paging.page),
        noindex: canonical.size > 0,
      },
      // Key points have a place and a kind of their own, and nothing else of the filter.
      keyPoints:
        filter.conversation || filter.industry || filter.pillar
          ? []
          : await keyPointRows(
              app,
              {
                scope: filter.scope,
                period: filter.span,
                ...(filter.kind ? { kind: filter.kind } : {}),
              },
              i18n,
            ),
      overview: overviewView(found, filter.scope, i18n),
      map: filter.scope === 'world' && found.any ? mapView(found) : null,
      span: filter.span,
      months: monthOptions(await firstReport(app.db.reader, now), now, i18n.locale),
      reports: rows.map((post) => excerptView(post, i18n)),
      pointOf: await keyPointLinks(
        app,
        rows.map(({ id }) => id),
        i18n,
      ),
      paging,
      path,
      search,
      state,
      narrowed: canonical.size > 0,
      conversations: conversationOptions(query.conversations, i18n),
      regions: regionOptions(i18n.locale),
    },
    { status: unknown.length > 0 ? 400 : 200 },
  );
}

export default function Barriers() {
  const page = useLoaderData<typeof loader>();
  const { t, utc } = useI18n();
  const { overview, map, reports, paging, path, search, state } = page;
  const compared = overview.before !== null;
  const daysOf = ({ start, end }: DateRange) => ({ from: utc.day(start), to: utc.day(end - DAY) });
  const kindHref = (kind: string) => {
    const query = new URLSearchParams(search);
    query.set('kind', kind);
    return pathTo(`/barriers?${query}`);
  };
  return (
    <div className="page">
      <header className="page-head">
        <ErrorSummary state={state} />
        <h1>{t('barriers.title')}</h1>
        <p className="lead">{t('barriers.lead')}</p>
        <Row className="actions" separator={UNSEEN}>
          <a className="button primary" href={pathTo('/barriers/new')}>
            {t('barriers.report.title')}
          </a>
          <a className="to-filters" href="#filters">
            {t('barriers.filter.title')}
          </a>
        </Row>
      </header>
      <div className="page-main">
        <Meta>
          <span>{t('barriers.period', daysOf(page.span))}</span>
          {overview.before && <span>{t('barriers.compared', daysOf(overview.before))}</span>}
        </Meta>
        {overview.any ? (
          <>
            <p>
              <strong>{overview.headline}</strong>
            </p>
            <KeyPoints points={page.keyPoints} />
            <PlaceTable places={overview.places} kindHref={kindHref} compared={compared} />
            {map && <RegionMap map={map} />}
            <KindTable kinds={overview.kinds} kindHref={kindHref} compared={compared} />
            <p className="quiet">
              <NotSurvey /> {t('barriers.note')} {compared && t('barriers.note.compared')}{' '}
              {t('barriers.table.overlap')} {overview.named}
            </p>
          </>
        ) : (
          <TextLine
            className="empty"
            k="barriers.none"
            values={{ all: linkTo(pathTo('/barriers')), new: linkTo(pathTo('/barriers/new')) }}
          />
        )}
        <section aria-labelledby="reports">
          <h2 id="reports">{t('barriers.reports', { n: paging.total })}</h2>
          <Newest
            excerpts={reports}
            act={({ id }) => page.pointOf[id] && <KeyPointNote point={page.pointOf[id]} />}
          />
          <Pagination {...paging} path={path} />
        </section>
      </div>
      <aside className="page-aside">
        <BarrierFilters
          state={state}
          conversations={page.conversations}
          regions={page.regions}
          months={page.months}
          narrowed={page.narrowed}
        />
        <Downloads query={search} />
      </aside>
    </div>
  );
}
