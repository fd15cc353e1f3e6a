import { useI18n } from '~/ui/i18n';
import type { ChangeView, KindView, PlaceView } from './view';

interface TableProps {
  /** Returns the URL of this page filtered to a kind. */
  kindHref: (kind: string) => string;
  /** True to leave out the change column: for "all time" there is no earlier period. */
  plain?: boolean;
}

/** Places with the most people first, and their most reported kinds. */
export function PlaceTable({
  places,
  kindHref,
  plain = false,
}: TableProps & { places: PlaceView[] }) {
  const { t } = useI18n();
  if (places.length === 0) return null;
  return (
    <table className="figures-table">
      <caption>{t('barriers.table.caption')}</caption>
      <Head first={t('barriers.table.place')} last={t('barriers.table.top')} plain={plain} />
      <tbody>
        {places.map((place) => (
          <tr key={place.code ?? ''}>
            <th scope="row">{place.path ? <a href={place.path}>{place.name}</a> : place.name}</th>
            <td className="num">{place.text}</td>
            {!plain && (
              <td className="num">
                <Change change={place.change} />
              </td>
            )}
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
export function KindTable({ kinds, kindHref, plain = false }: TableProps & { kinds: KindView[] }) {
  const { t } = useI18n();
  if (kinds.length === 0) return null;
  return (
    <table className="figures-table">
      <caption>{t('barriers.table.kinds')}</caption>
      <Head first={t('barriers.table.kind')} plain={plain} />
      <tbody>
        {kinds.map(({ kind, text, share, change }) => (
          <tr key={kind}>
            <th scope="row">
              <a href={kindHref(kind)}>{t(`vocabulary.barrier.${kind}.name`)}</a>
              {share > 0 && <Bar share={share} />}
            </th>
            <td className="num">{text}</td>
            {!plain && (
              <td className="num">
                <Change change={change} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ first, last, plain }: { first: string; last?: string; plain: boolean }) {
  const { t } = useI18n();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" className="num">
          {t('barriers.table.people')}
        </th>
        {!plain && (
          <th scope="col" className="num">
            {t('barriers.table.change')}
          </th>
        )}
        {last && <th scope="col">{last}</th>}
      </tr>
    </thead>
  );
}

/** The change as a number such as "+4", and in words for screen readers. */
export function Change({ change }: { change: ChangeView | null }) {
  const { t } = useI18n();
  if (!change) {
    return (
      <>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{t('barriers.change.unknown')}</span>
      </>
    );
  }
  if (!change.words) return change.sign;
  return (
    <>
      <span aria-hidden="true" dir="ltr">
        {change.sign}
      </span>
      <span className="visually-hidden">{change.words}</span>
    </>
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
