import { ColumnsChart } from '~/ui/columns-chart';
import { Gap, useI18n } from '~/ui/i18n';
import type { ArchiveEntryView } from './view';

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
      <ColumnsChart
        values={shown.map(({ people }) => people)}
        label={t('digests.list.chart', { list: words })}
      />
      <figcaption className="quiet">
        {t('digests.list.chartCaption', { from: counted[0]?.period ?? '', most: number(most) })}
        <Gap />
        {counted.length < shown.length && t('digests.list.chartGap')}
      </figcaption>
    </figure>
  );
}
