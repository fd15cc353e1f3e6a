import { useI18n } from '~/ui/i18n';
import type { ArchiveEntryView } from './view';

/** In the drawing's own units: a column, the room to the next, and the highest column. */
const WIDTH = 12;
const ROOM = 4;
const HEIGHT = 40;

/** Fewer would be no line to follow. */
const LEAST = 2;

/**
 * People in the months, or weeks or quarters, of one place, the oldest first. A period without a
 * public number has no column; what is drawn is said in words as well.
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
