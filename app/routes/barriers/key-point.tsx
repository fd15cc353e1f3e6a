import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { historyOf } from '~/domain/barriers/key-points/history';
import { keyPointText, reportersByPlace } from '~/domain/barriers/key-points/key-points';
import { keyPointPath, keyPointSlug } from '~/domain/barriers/key-points/paths';
import { STANCES } from '~/domain/barriers/key-points/stance-counts';
import { stancePlacesOf } from '~/domain/barriers/key-points/stance-places';
import { digestsNaming } from '~/domain/digests/key-point-digests';
import { digestPath, digestTitle } from '~/domain/digests/present';
import { publicPostsOf } from '~/domain/forum/posts/posts';
import { idsOf } from '~/platform/ids';
import { PAGE_SIZE, pageUrl, pagingOf, readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { requireKeyPoint } from '~/server/key-point-guard';
import { stanceQuestion } from '~/server/stance-question';
import { Counts, placeCount } from '~/ui/barriers/counts';
import {
  type HistoryItem,
  type HistoryLine,
  historyItem,
  inOneLine,
} from '~/ui/barriers/key-point-history';
import { keyPointRows, peopleText, placesText } from '~/ui/barriers/key-point-view';
import { ProposedMark } from '~/ui/barriers/key-points';
import { NotSurvey } from '~/ui/barriers/not-survey';
import { type StanceCount, StanceForm } from '~/ui/barriers/stance-form';
import { Byline } from '~/ui/forum/byline';
import { Excerpt } from '~/ui/forum/newest';
import { excerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';
import { Pagination } from '~/ui/pagination';
import { Meta, Row } from '~/ui/row';

/** Number of other key points of the same kind and region in the margin. */
const RELATED = 4;

/** A concrete barrier that a person confirmed, with the reports of it. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const { locale, t } = i18n;
  const db = app.db.reader;
  const point = await requireKeyPoint(app, params.id);
  const { slug = keyPointSlug(point) } = params;
  if (params.id !== point.id || slug !== keyPointSlug(point)) {
    throw redirect(keyPointPath(point), 301);
  }

  const text = keyPointText(point, i18n);
  const { countedAt, ...placesOf } = await stancePlacesOf(db, point.id);
  const { meToo, notHere, noLonger } = point.stances;
  const totals = { 'me-too': meToo, 'not-here': notHere, 'no-longer': noLonger };
  const wanted = readPage(new URL(request.url).searchParams.get('page'));
  const paging = pagingOf(wanted, point.posts.length);
  const newest = point.posts.toReversed().slice(paging.offset, paging.offset + PAGE_SIZE);
  const reports = await publicPostsOf(db, idsOf(newest));
  const place = placeName(point.region, locale);
  const near = { kind: point.kind, scope: point.region, limit: RELATED + 1 };
  return {
    head: {
      title: text.title,
      description: text.sentence,
      canonical: pageUrl(keyPointPath(point), paging.page),
      feeds: [
        {
          title: t('keyPoints.feed', { title: text.title }),
          path: pathTo('/key-points/:id/feed.xml', { id: point.id }),
        },
      ],
    },
    id: point.id,
    path: keyPointPath(point),
    paging,
    text,
    kind: point.kind,
    region: { code: point.region, name: place },
    people: peopleText(point, i18n),
    places: placesText(point, i18n),
    placeCounts: reportersByPlace(point).map(([code, people]) => placeCount(code, people, i18n)),
    related: (await keyPointRows(app, near, i18n))
      .filter((other) => other.id !== point.id)
      .slice(0, RELATED),
    since: point.since,
    stances: STANCES.map(
      (stance): StanceCount => ({
        stance,
        people: totals[stance],
        places: Object.entries(placesOf[stance]).map(([code, people]) =>
          t('keyPoints.stance.place', { place: placeName(code, locale), people }),
        ),
      }),
    ),
    countedAt,
    question: await stanceQuestion({ context, request }, point.id),
    reports: reports.map((post) => excerptView(post, i18n)),
    digests: (await digestsNaming(db, point.id)).map(({ scope, period }) => ({
      path: digestPath(scope, period),
      title: digestTitle(i18n, scope, period),
    })),
    history: inOneLine(await historyOf(db, point.id)).flatMap((entries) =>
      historyItem(entries, i18n),
    ),
  };
}

/** Changes of a day, each of them on request where their sentence leaves something out. */
function Changes({ of }: { of: HistoryItem }) {
  const { day } = useI18n();
  const said = (
    <>
      <span className="quiet">{day(of.at)}</span>
      {'\u00a0· '}
      {of.path ? <a href={of.path}>{of.line}</a> : <Titled {...of} />}
    </>
  );
  if (of.each.length === 0) return said;
  return (
    <details>
      <summary>{said}</summary>
      <ul>
        {of.each.map((one) => (
          <li key={one.line}>
            <Titled {...one} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A sentence with the language of the title in it, so that screen readers read it in that. */
function Titled({ line, title }: HistoryLine) {
  const at = title ? line.indexOf(title.text) : -1;
  if (!title || at < 0) return line;
  return (
    <>
      {line.slice(0, at)}
      <bdi lang={title.language}>{title.text}</bdi>
      {line.slice(at + title.text.length)}
    </>
  );
}

export default function KeyPointPage() {
  const page = useLoaderData<typeof loader>();
  const { t, day, name } = useI18n();
  const { id, text, kind, region, paging } = page;
  return (
    <div className="page">
      <header className="page-head">
        <Meta>
          <a href={pathTo('/barriers')}>{t('barriers.title')}</a>
          <a href={pathTo('/barriers/kinds/:kind', { kind })}>{name('barrier', kind)}</a>
          <a href={pathTo('/regions/:m49', { m49: region.code })}>{region.name}</a>
        </Meta>
        <h1 lang={text.language} dir="auto">
          {text.title}
        </h1>
        <ProposedMark text={text} />
        {text.sentence !== text.title && (
          <p className="lead" lang={text.language} dir="auto">
            {text.sentence}
          </p>
        )}
        <Row separator=" · ">
          <strong>{page.people}</strong>
          {page.places}
          {t('keyPoints.since', { day: day(page.since) })}
        </Row>
        <p className="quiet">
          <NotSurvey />
        </p>
      </header>
      <div className="page-main">
        <StanceForm id={id} counts={page.stances} countedAt={page.countedAt} {...page.question} />
        <section aria-labelledby="reports">
          <h2 id="reports">{t('keyPoints.reports')}</h2>
          <ol className="rows newest">
            {page.reports.map((post) => (
              <li key={post.id}>
                <Byline {...post} />
                <Excerpt of={post} />
              </li>
            ))}
          </ol>
          <Pagination {...paging} path={page.path} />
          <p>
            <a className="button" href={pathTo(`/barriers/new?keyPoint=${id}`)}>
              {t('keyPoints.report.link')}
            </a>
          </p>
        </section>
        <section aria-labelledby="history">
          <h2 id="history">{t('keyPoints.history')}</h2>
          <ul>
            {page.history.map((item) => (
              <li key={item.id}>
                <Changes of={item} />
              </li>
            ))}
          </ul>
        </section>
      </div>
      <Margin page={page} />
    </div>
  );
}

/** Where it was reported from, other key points of the kind and region, digests, and data. */
function Margin({ page }: { page: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const { t } = useI18n();
  const { id } = page;
  return (
    <aside className="page-aside">
      <Counts title={t('keyPoints.places')} rows={page.placeCounts} />
      {page.related.length > 0 && (
        <section>
          <h2>{t('keyPoints.related')}</h2>
          <ul>
            {page.related.map((other) => (
              <li key={other.id}>
                <a href={other.path} lang={other.language} dir="auto">
                  {other.title}
                </a>{' '}
                <span className="quiet">{other.people}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {page.digests.length > 0 && (
        <section aria-labelledby="digests">
          <h2 id="digests">{t('keyPoints.digests')}</h2>
          <ul>
            {page.digests.map(({ path, title }) => (
              <LinkItem key={path} href={path} label={title} />
            ))}
          </ul>
        </section>
      )}
      <Meta>
        <a href={pathTo('/key-points/:id.json', { id })}>JSON</a>
        <a href={pathTo('/key-points/:id/feed.xml', { id })}>{t('keyPoints.feedLink')}</a>
      </Meta>
    </aside>
  );
}
