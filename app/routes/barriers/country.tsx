import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listReports } from '~/domain/barriers/explore';
import { throughToday } from '~/domain/barriers/query';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { ancestors, isCountry } from '~/platform/places/places';
import { notFound } from '~/server/guards';
import { OverviewSection } from '~/ui/barriers/overview';
import { loadOverview } from '~/ui/barriers/overview-view';
import { Newest } from '~/ui/forum/newest';
import { excerptView } from '~/ui/forum/view';
import { Text, useI18n } from '~/ui/i18n';
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
  const filter = { scope: country, industry: null, pillar: null, kind: null, span };
  const { rows } = await listReports(app.db.reader, filter, 1);
  const place = placeName(country, locale);
  return {
    head: {
      title: place,
      description: t('conversation.region.description', { place }),
      canonical: pathTo('/countries/:alpha2', { alpha2: country }),
    },
    country,
    place,
    around: ancestors(country)
      .toReversed()
      .map((code) => ({ code, name: placeName(code, locale) })),
    standing: await loadOverview(app, { scope: country }, visit.i18n),
    latest: rows.map((post) => excerptView(post, locale)),
  };
}

export default function Country() {
  const { country, place, around, standing, latest } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="page">
      <header className="page-head">
        <Meta>
          {around.map(({ code, name }) => (
            <a key={code} href={pathTo('/regions/:m49', { m49: code })}>
              {name}
            </a>
          ))}
        </Meta>
        <h1>{place}</h1>
        <p className="lead">{t('conversation.region.lead')}</p>
      </header>
      <div className="page-main">
        <OverviewSection standing={standing} by="kinds" />
        {latest.length > 0 && (
          <section aria-labelledby="latest">
            <h2 id="latest">{t('conversation.region.latest')}</h2>
            <Newest excerpts={latest} />
          </section>
        )}
        {latest.length === 0 && (
          <p className="empty">
            <Text
              k="conversation.region.none"
              values={{ link: (inner) => <a href={pathTo('/barriers/new')}>{inner}</a> }}
            />
          </p>
        )}
      </div>
      <aside className="page-aside">
        <p>
          <a href={pathTo(`/threads?country=${country}`)}>{t('conversation.region.all')}</a>
        </p>
        <p>
          <a href={pathTo('/digests/:scope', { scope: country })}>
            {t('conversation.region.digests')}
          </a>
        </p>
        <p>
          <a href={pathTo('/barriers/new')}>{t('barriers.report.title')}</a>
        </p>
      </aside>
    </div>
  );
}
