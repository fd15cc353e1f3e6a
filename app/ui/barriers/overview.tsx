import { pathTo } from '~/platform/paths';
import { Gap, useI18n } from '~/ui/i18n';
import { LinkItem, LinkLine } from '~/ui/links';
import { Meta } from '~/ui/row';
import { NotSurvey } from './not-survey';
import type { LoadedOverview } from './overview-view';
import { KindTable, PlaceTable } from './tables';

interface StandingProps {
  standing: LoadedOverview;
  /** The rows of the table. */
  by: 'kinds' | 'places';
}

/** The figures for a place, kind or pillar: number of people, first and last report, digests. */
export function OverviewSection({ standing, by }: StandingProps) {
  const { t, day } = useI18n();
  if (!standing.any) return null;
  const { since, kinds, places, digests, explore } = standing;
  const kindHref = (kind: string) => pathTo('/barriers/kinds/:kind', { kind });
  return (
    <section aria-labelledby="standing">
      <h2 id="standing">{t('barriers.standing.title')}</h2>
      <p>
        <strong>{standing.headline}</strong>
      </p>
      {since && (
        <Meta>
          <span>{t('barriers.reports', { n: since.contributions })}</span>
          <span>{t('barriers.standing.since', { first: day(since.first) })}</span>
          <span>{t('barriers.standing.last', { last: day(since.last) })}</span>
        </Meta>
      )}
      {by === 'kinds' && <KindTable kinds={kinds} kindHref={kindHref} />}
      {by === 'places' && <PlaceTable places={places} kindHref={kindHref} />}
      <p className="quiet">
        <NotSurvey />
        <Gap />
        {t('barriers.note')}
        <Gap />
        {standing.named}
      </p>
      {digests.length > 0 && (
        <>
          <h3>{t('barriers.standing.digests')}</h3>
          <ul>
            {digests.map(({ id, path, title }) => (
              <LinkItem key={id} href={path} label={title} />
            ))}
          </ul>
        </>
      )}
      <LinkLine href={explore} label={t('barriers.standing.explore')} />
    </section>
  );
}
