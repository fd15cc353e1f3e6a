import { useI18n } from '~/ui/i18n';
import type { ArchiveEntryView } from './view';

/** In units of the drawing: column width, gap, and height of the highest column. */
const WIDTH = 12;
const ROOM = 4;
const HEIGHT = 40;

/** With fewer columns no development can be seen. */
const LEAST = 2;

/**
 * Number of people per month, week or quarter in one place, oldest first. A period without a public
 * number has no column; the same numbers are given as text.
 */
export function PeopleOverTime({ entries }: { entries: ArchiveEntryView[] }) {
  const { t, number, list } = useI18n();
  const kind = entries.find(({ people }) => people !== null)?.kind;
  const shown = entries.filter((entry) => entry.kind === kind).toReversed();
  const counted = shown.flatMap(({ people, period }) =>
    people === null ? [] : [{ people, period }],
  );
  if (counted.length < LEAST) return null;
  const most = Math.max(...counted.map(({ people }) => people));
  const words = list(
    counted.map(({ people, period }) => t('digests.list.peopleIn', { period, n: people })),
  );
  return (
    <figure className="columns">
      <svg
        role="img"
        aria-label={t('digests.list.chart', { list: words })}
        viewBox={`0 0 ${shown.length * (WIDTH + ROOM) - ROOM} ${HEIGHT}`}
      >
        {shown.map(({ id, people }, at) => {
          if (people === null) return null;
          const height = Math.max(1, Math.round((people / most) * HEIGHT));
          return (
            <rect
              key={id}
              x={at * (WIDTH + ROOM)}
              y={HEIGHT - height}
              width={WIDTH}
              height={height}
            />
          );
        })}
      </svg>
      <figcaption className="quiet">
        {t('digests.list.chartCaption', { from: counted[0]?.period ?? '', most: number(most) })}{' '}
        {counted.length < shown.length && t('digests.list.chartGap')}
      </figcaption>
    </figure>
  );
}
