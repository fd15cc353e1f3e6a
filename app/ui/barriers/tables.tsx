import { useI18n } from '~/ui/i18n';
import type { KindView, PlaceView } from './view';

interface TableProps {
  /** Returns the URL of this page filtered to a kind. */
  kindHref: (kind: string) => string;
  /** True for a column with the comparison with the period before. */
  trends?: boolean;
}

/** Places with the most people first, and their most reported kinds. */
export function PlaceTable({
  places,
  kindHref,
  trends = false,
}: TableProps & { places: PlaceView[] }) {
  const { t } = useI18n();
  if (places.length === 0) return null;
  return (
    <table className="figures-table">
      <caption>{t('barriers.table.caption')}</caption>
      <Head first={t('barriers.table.place')} last={t('barriers.table.top')} trends={trends} />
      <tbody>
        {places.map((place) => (
          <tr key={place.code ?? ''}>
            <th scope="row">{place.path ? <a href={place.path}>{place.name}</a> : place.name}</th>
            <td className="num">{place.text}</td>
            {trends && <td>{place.trend ?? '–'}</td>}
            <td>
              <Kinds kinds={place.kinds} kindHref={kindHref} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Kinds({ kinds, kindHref }: TableProps & { kinds: KindView[] }) {
  const { t } = useI18n();
  if (kinds.length === 0) return '–';
  return (
    <ul className="top-kinds">
      {kinds.map(({ kind, text, share }) => (
        <li key={kind}>
          <a href={kindHref(kind)}>{t(`vocabulary.barrier.${kind}.name`)}</a>
          <Bar share={share} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

/** The kinds of barrier, most reported first. */
export function KindTable({ kinds, kindHref, trends = false }: TableProps & { kinds: KindView[] }) {
  const { t } = useI18n();
  if (kinds.length === 0) return null;
  return (
    <table className="figures-table">
      <caption>{t('barriers.table.kinds')}</caption>
      <Head first={t('barriers.table.kind')} trends={trends} />
      <tbody>
        {kinds.map(({ kind, text, share, trend }) => (
          <tr key={kind}>
            <th scope="row">
              <a href={kindHref(kind)}>{t(`vocabulary.barrier.${kind}.name`)}</a>
              {share > 0 && <Bar share={share} />}
            </th>
            <td className="num">{text}</td>
            {trends && <td>{trend ?? '–'}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ first, last, trends }: { first: string; last?: string; trends: boolean }) {
  const { t } = useI18n();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" className="num">
          {t('barriers.table.people')}
        </th>
        {trends && <th scope="col">{t('barriers.table.change')}</th>}
        {last && <th scope="col">{last}</th>}
      </tr>
    </thead>
  );
}

/** A bar scaled to the longest in its table; the number is beside it. */
function Bar({ share }: { share: number }) {
  const width = Math.max(1, Math.round(share * 100));
  return (
    <svg className="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect width={width} height="4" />
    </svg>
  );
}
