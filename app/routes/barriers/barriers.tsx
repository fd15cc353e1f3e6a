import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readBarriers } from '~/domain/barriers/key-points/read-barriers';
import { type DateRange, FILTER_NAMES, readBarrierQuery } from '~/domain/barriers/query';
import { DAY } from '~/platform/clock';
import type { MessageKey } from '~/platform/i18n/translator';
import { pageUrl, readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { filterState } from '~/server/filter-state';
import { Downloads } from '~/ui/barriers/downloads';
import { BarrierFilters, monthOptions } from '~/ui/barriers/filters';
import type { KeyPointLink } from '~/ui/barriers/key-point-link';
import { keyPointLink, linksOf } from '~/ui/barriers/key-point-view';
import { KeyPointNote, KeyPoints } from '~/ui/barriers/key-points';
import { RegionMap } from '~/ui/barriers/map';
import { type MapView, mapView } from '~/ui/barriers/map-view';
import { NotSurvey } from '~/ui/barriers/not-survey';
import { KindTable, PlaceTable } from '~/ui/barriers/tables';
import { type OverviewView, overviewView } from '~/ui/barriers/view';
import { drawnOnce } from '~/ui/drawn-once';
import { ErrorSummary } from '~/ui/forms/fields';
import { Newest } from '~/ui/forum/newest';
import { regionOptions } from '~/ui/forum/place-options';
import { conversationOptions, type ExcerptView, excerptView } from '~/ui/forum/view';
import { Lead, linkTo, TextLine, useI18n } from '~/ui/i18n';
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
  const page = readPage(searchParams.get('page'));
  const { figures, reports, paging, keyPoints, began } = await readBarriers(app, filter, {
    page,
    now,
  });

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
      figures: {
        overview: overviewView(figures, filter.scope, i18n),
        span: filter.span,
        keyPoints: keyPoints.ofFilter.map((point) => keyPointLink(point, i18n)),
        map: filter.scope === 'world' && figures.any ? mapView(figures) : null,
        search,
      },
      reports: reports.map((post) => excerptView(post, i18n)),
      pointOf: linksOf(keyPoints.ofReports, i18n),
      paging,
      path,
      search,
      state,
      filters: {
        conversations: conversationOptions(query.conversations, i18n),
        regions: regionOptions(i18n.locale),
        months: monthOptions(began ?? now, now, i18n.locale),
        narrowed: canonical.size > 0,
      },
    },
    { status: unknown.length > 0 ? 400 : 200 },
  );
}

export default function Barriers() {
  const page = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const { figures, reports, paging, path, search, state } = page;
  return (
    <div className="page">
      <header className="page-head">
        <ErrorSummary state={state} />
        <h1>{t('barriers.title')}</h1>
        <Lead k="barriers.lead" />
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
        <Figures {...figures} />
        <section aria-labelledby="reports">
          <h2 id="reports">{t('barriers.reports', { n: paging.total })}</h2>
          <Reports reports={reports} pointOf={page.pointOf} />
          <Pagination {...paging} path={path} />
        </section>
      </div>
      <aside className="page-aside">
        <BarrierFilters {...page.filters} state={state} />
        <Downloads query={search} />
      </aside>
    </div>
  );
}

interface FiguresProps {
  overview: OverviewView;
  span: DateRange;
  keyPoints: KeyPointLink[];
  map: MapView | null;
  /** The query of the page, from its question mark on; empty without one. */
  search: string;
}

/** Who reported what, where and when. */
const Figures = drawnOnce(({ overview, span, keyPoints, map, search }: FiguresProps) => {
  const { t, gap, utc } = useI18n();
  const compared = overview.before !== null;
  const daysOf = ({ start, end }: DateRange) => ({ from: utc.day(start), to: utc.day(end - DAY) });
  const kindHref = (kind: string) => {
    const query = new URLSearchParams(search);
    query.set('kind', kind);
    return pathTo(`/barriers?${query}`);
  };
  return (
    <>
      <Meta>
        <span>{t('barriers.period', daysOf(span))}</span>
        {overview.before && <span>{t('barriers.compared', daysOf(overview.before))}</span>}
      </Meta>
      {overview.any ? (
        <>
          <p>
            <strong>{overview.headline}</strong>
          </p>
          <KeyPoints points={keyPoints} />
          <PlaceTable places={overview.places} kindHref={kindHref} compared={compared} />
          {map && <RegionMap map={map} />}
          <KindTable kinds={overview.kinds} kindHref={kindHref} compared={compared} />
          <p className="quiet">
            <NotSurvey />
            {[
              t('barriers.note'),
              compared && t('barriers.note.compared'),
              t('barriers.table.overlap'),
              overview.named,
            ]
              .filter(Boolean)
              .map((sentence) => gap + sentence)
              .join('')}
          </p>
        </>
      ) : (
        <TextLine
          className="empty"
          k="barriers.none"
          values={{ all: linkTo(pathTo('/barriers')), new: linkTo(pathTo('/barriers/new')) }}
        />
      )}
    </>
  );
});

interface ReportsProps {
  reports: ExcerptView[];
  /** The key points that they belong to. */
  pointOf: Record<string, KeyPointLink>;
}

const Reports = drawnOnce(({ reports, pointOf }: ReportsProps) => (
  <Newest
    excerpts={reports}
    act={({ id }) => pointOf[id] && <KeyPointNote point={pointOf[id]} />}
  />
));
