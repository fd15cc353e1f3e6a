import { dayOf } from '~/platform/day';
import { useI18n } from '~/ui/i18n';

/** A date; for programs that of UTC. Feeds and the API have the time: a long thread has no room for it. */
export function Day({ ms, itemProp }: { ms: number; itemProp?: string | undefined }) {
  const { day } = useI18n();
  return (
    <time dateTime={dayOf(ms)} itemProp={itemProp}>
      {day(ms)}
    </time>
  );
}

/** A date and time, in the time zone that the reader chose, or UTC. */
export function Minute({ ms }: { ms: number }) {
  const { minute } = useI18n();
  return <time dateTime={toTheMinute(ms)}>{minute(ms)}</time>;
}

/** ISO 8601 in UTC, such as "2026-11-02T09:00Z". */
function toTheMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 'YYYY-MM-DDTHH:mm'.length)}Z`;
}
