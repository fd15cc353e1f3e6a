import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isRegion, WORLD } from '~/platform/places/places';
import { notFound } from '~/server/guards';
import { keyPointRows } from '~/ui/barriers/key-point-view';
import { KeyPoints } from '~/ui/barriers/key-points';
import { OverviewSection } from '~/ui/barriers/overview';
import { loadOverview } from '~/ui/barriers/overview-view';
import { Lead, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

/** A region's barriers, to be embedded in other sites; the same for every visitor. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const region = params.m49 ?? '';
  if (!isRegion(region)) throw notFound();
  const path = pathTo('/regions/:m49', { m49: region });
  const subject = region === WORLD ? {} : { scope: region };
  return {
    head: { title: placeName(region, visit.i18n.locale), canonical: path, noindex: true },
    path,
    place: placeName(region, visit.i18n.locale),
    siteName: app.config.siteName,
    keyPoints: await keyPointRows(app, { scope: 'world', ...subject }, visit.i18n),
    standing: await loadOverview(app, subject, visit.i18n),
  };
}

export default function EmbeddedRegion() {
  const { path, place, siteName, keyPoints, standing } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>
        <a href={path}>{place}</a>
      </h1>
      <Lead k="conversation.region.lead" />
      <KeyPoints points={keyPoints} />
      <OverviewSection standing={standing} by="kinds" />
      <LinkLine
        href={pathTo('/barriers/new')}
        label={t('barriers.embed.join', { site: siteName })}
      />
    </>
  );
}
