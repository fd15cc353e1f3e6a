import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Meta } from '~/ui/row';
import type { FigureView, KindView, PlaceView } from './view';

interface TableProps {
  /** Returns the URL of this page filtered to a kind. */
  kindHref: (kind: string) => string;
  /** True for a column with the figures of the period before. */
  compared?: boolean;
}

/**
 * Places with the most people first, and their most reported kinds: not where all report the same one,
 * which would repeat the numbers in every row.
 */
export function PlaceTable({
  places,
  kindHref,
  compared = false,
}: TableProps & { places: PlaceView[] }) {
  const { t } = useI18n();
  if (places.length === 0) return null;
  const reported = new Set(places.flatMap(({ kinds }) => kinds.map(({ kind }) => kind)));
  const several = reported.size > 1;
  return (
    <table className="figures-table">
      <caption>{t('barriers.table.caption')}</caption>
      <Head
        first={t('barriers.table.place')}
        last={several && t('barriers.table.top')}
        compared={compared}
      />
      <tbody>
        {places.map((place) => (
          <tr key={place.code ?? ''}>
            <th scope="row">{place.path ? <a href={place.path}>{place.name}</a> : place.name}</th>
            <td className="num">{place.text}</td>
            {compared && <Before of={place} />}
            {several && (
              <td>
                <Kinds kinds={place.kinds} kindHref={kindHref} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Kinds({ kinds, kindHref }: TableProps & { kinds: KindView[] }) {
  const { name } = useI18n();
  if (kinds.length === 0) return '–';
  return (
    <ul className="top-kinds">
      {kinds.map(({ kind, text, share }) => (
        <li key={kind}>
          <a href={kindHref(kind)}>{name('barrier', kind)}</a>
          <Bar share={share} /> <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

/** The kinds of barrier, most reported first. */
export function KindTable({
  kinds,
  kindHref,
  compared = false,
}: TableProps & { kinds: KindView[] }) {
  const { t, name } = useI18n();
  const [only, ...others] = kinds;
  if (!only) return null;
  // Its number is that of the headline.
  if (others.length === 0 && !compared) {
    return <LinkLine href={kindHref(only.kind)} label={name('barrier', only.kind)} />;
  }
  return (
    <table className="figures-table">
      <caption>{t('barriers.table.kinds')}</caption>
      <Head first={t('barriers.table.kind')} compared={compared} />
      <tbody>
        {kinds.map(({ kind, text, share, before, trend }) => (
          <tr key={kind}>
            <th scope="row">
              <a href={kindHref(kind)}>{name('barrier', kind)}</a>
              {share > 0 && <Bar share={share} />}
            </th>
            <td className="num">{text}</td>
            {compared && <Before of={{ before, trend }} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The figure of the period before, and what may be said of the change. */
function Before({ of: { before, trend } }: { of: Pick<FigureView, 'before' | 'trend'> }) {
  return (
    <td>
      <Meta>
        <span>{before}</span>
        {trend && <span>{trend}</span>}
      </Meta>
    </td>
  );
}

interface HeadProps {
  first: string;
  last?: string | false;
  compared: boolean;
}

function Head({ first, last, compared }: HeadProps) {
  const { t } = useI18n();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" className="num">
          {t('barriers.table.people')}
        </th>
        {compared && <th scope="col">{t('barriers.table.before')}</th>}
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
