import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { standingAtlas } from '~/domain/barriers/overview';
import { newestPosts } from '~/domain/forum/posts/posts';
import { isFollowed } from '~/domain/forum/read-state/follow';
import { readingOf } from '~/domain/forum/read-state/unread';
import { firstThreads } from '~/domain/forum/threads/threads';
import { idsOf } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import {
  childRegions,
  countriesIn,
  isRegion,
  type PlaceCode,
  regionOf,
  WORLD,
} from '~/platform/places/places';
import { notFound } from '~/server/guards';
import { aroundLinks, aroundOf } from '~/ui/barriers/around';
import { type CountRow, Counts, placeCount } from '~/ui/barriers/counts';
import { keyPointRows } from '~/ui/barriers/key-point-view';
import { KeyPoints } from '~/ui/barriers/key-points';
import { OverviewSection } from '~/ui/barriers/overview';
import { loadOverview } from '~/ui/barriers/overview-view';
import { FollowButton } from '~/ui/forum/follow-button';
import { Latest } from '~/ui/forum/newest';
import { ThreadRows } from '~/ui/forum/thread-row';
import { excerptView, threadRowView } from '~/ui/forum/view';
import { Lead, linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Meta } from '~/ui/row';

const THREADS = 5;
const LATEST = 6;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { locale, t } = visit.i18n;
  const db = app.db.reader;
  const region = params.m49 ?? '';
  if (region === 'world') throw redirect(pathTo('/regions/:m49', { m49: WORLD }), 301);
  if (!isRegion(region)) throw notFound();

  const { rows: shown, more } = await firstThreads(db, { region }, 'latest', THREADS);
  const personId = visit.visitor.person?.id ?? null;
  const reading = await readingOf(db, personId, idsOf(shown));
  const latest = await newestPosts(db, { region, limit: LATEST });
  const atlas = await standingAtlas(app, {}, app.clock.now());
  const regionsInside = childRegions(region);
  const figures = atlas.people([...regionsInside, ...countriesIn(region)]);
  const { compare } = new Intl.Collator(locale);
  const places = (codes: readonly PlaceCode[]): CountRow[] =>
    codes
      .map((code) => placeCount(code, figures.get(code), visit.i18n))
      .sort((a, b) => compare(a.name, b.name));
  const place = placeName(region, locale);
  return {
    head: {
      title: place,
      description: t('conversation.region.description', {
        place,
        what: t('conversation.region.what'),
      }),
      canonical: pathTo('/regions/:m49', { m49: region }),
      embeddable: true,
      feeds: [
        {
          title: t('conversation.feed.region', { place }),
          path: pathTo('/regions/:m49/feed.xml', { m49: region }),
        },
      ],
    },
    region,
    standing: await loadOverview(app, region === WORLD ? {} : { scope: region }, visit.i18n, atlas),
    keyPoints: await keyPointRows(app, { scope: region === WORLD ? 'world' : region }, visit.i18n),
    place,
    around: aroundOf(region, locale),
    threads: shown.map((row) => threadRowView(row, visit.i18n, reading.get(row.id))),
    followed:
      personId === null ? null : await isFollowed(db, personId, { kind: 'region', code: region }),
    moreThreads: more,
    latest: latest.map((post) => excerptView(post, visit.i18n)),
    regions: places(regionsInside),
    // All countries of a narrow region; for a wide one only those with contributions.
    countries: places(
      countriesIn(region).filter((code) => figures.has(code) || regionOf(code) === region),
    ),
  };
}

export default function RegionPage() {
  const data = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const { region, place, around, standing, threads, moreThreads, latest } = data;
  const all = pathTo(`/threads?region=${region}`);
  return (
    <div className="page">
      <header className="page-head">
        <Meta>
          {around.length === 0 && t('conversation.region.kicker')}
          {aroundLinks(around)}
        </Meta>
        <h1>{place}</h1>
        <Lead k="conversation.region.lead" />
        {data.followed !== null && (
          <FollowButton
            kind="region"
            code={region}
            name={place}
            followed={data.followed}
            back={pathTo('/regions/:m49', { m49: region })}
          />
        )}
      </header>
      <div className="page-main">
        <KeyPoints points={data.keyPoints} />
        <OverviewSection standing={standing} by="kinds" />
        {threads.length === 0 && (
          <TextLine
            className="empty"
            k="conversation.region.none"
            values={{ link: linkTo('/#questions') }}
          />
        )}
        {threads.length > 0 && (
          <section aria-labelledby="threads">
            <h2 id="threads">{t('conversation.region.threads')}</h2>
            <ThreadRows rows={threads} />
            {moreThreads && <LinkLine href={all} label={t('conversation.region.all')} />}
          </section>
        )}
        <Latest excerpts={latest} />
      </div>
      <aside className="page-aside">
        <LinkLine
          href={pathTo('/digests/:scope', { scope: region === WORLD ? 'world' : region })}
          label={t('conversation.region.digests')}
        />
        <Counts title={t('conversation.region.subregions')} rows={data.regions} />
        <Counts title={t('conversation.region.countries')} rows={data.countries} />
        <p className="hint">{t('conversation.region.countNote')}</p>
      </aside>
    </div>
  );
}
