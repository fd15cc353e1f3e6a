import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listReports } from '~/domain/barriers/explore';
import { throughToday } from '~/domain/barriers/query';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isCountry } from '~/platform/places/places';
import { notFound } from '~/server/guards';
import { aroundLinks, aroundOf } from '~/ui/barriers/around';
import { keyPointRows } from '~/ui/barriers/key-point-view';
import { KeyPoints } from '~/ui/barriers/key-points';
import { OverviewSection } from '~/ui/barriers/overview';
import { loadOverview } from '~/ui/barriers/overview-view';
import { Latest } from '~/ui/forum/newest';
import { excerptView } from '~/ui/forum/view';
import { Lead, linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Meta } from '~/ui/row';

/** One country: contributions, number of people, development and digests. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { locale, t } = visit.i18n;
  const country = (params.alpha2 ?? '').toUpperCase();
  if (!isCountry(country)) throw notFound();
  if (params.alpha2 !== country)
    throw redirect(pathTo('/countries/:alpha2', { alpha2: country }), 301);
  const span = throughToday(app.clock.now());
  const filter = { scope: country, span };
  const { rows } = await listReports(app.db.reader, filter, 1);
  const place = placeName(country, locale);
  return {
    head: {
      title: place,
      description: t('conversation.region.description', {
        place,
        what: t('conversation.region.what'),
      }),
      canonical: pathTo('/countries/:alpha2', { alpha2: country }),
    },
    country,
    place,
    around: aroundOf(country, locale),
    keyPoints: await keyPointRows(app, { scope: country }, visit.i18n),
    standing: await loadOverview(app, { scope: country }, visit.i18n),
    latest: rows.map((post) => excerptView(post, visit.i18n)),
  };
}

export default function Country() {
  const { country, place, around, keyPoints, standing, latest } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="page">
      <header className="page-head">
        <Meta>{aroundLinks(around)}</Meta>
        <h1>{place}</h1>
        <Lead k="conversation.region.lead" />
      </header>
      <div className="page-main">
        <KeyPoints points={keyPoints} />
        <OverviewSection standing={standing} by="kinds" />
        <Latest excerpts={latest} />
        {latest.length === 0 && (
          <TextLine
            className="empty"
            k="conversation.region.none"
            values={{ link: linkTo(pathTo('/barriers/new')) }}
          />
        )}
      </div>
      <aside className="page-aside">
        <LinkLine
          href={pathTo(`/threads?country=${country}`)}
          label={t('conversation.region.all')}
        />
        <LinkLine
          href={pathTo('/digests/:scope', { scope: country })}
          label={t('conversation.region.digests')}
        />
        <LinkLine href={pathTo('/barriers/new')} label={t('barriers.report.title')} />
      </aside>
    </div>
  );
}
