import { useI18n } from '~/ui/i18n';

/** A date, with the time in `datetime` for programs. */
export function Day({ ms, itemProp }: { ms: number; itemProp?: string | undefined }) {
  const { day } = useI18n();
  return (
    <time dateTime={toTheMinute(ms)} itemProp={itemProp}>
      {day(ms)}
    </time>
  );
}

/** A date and time, in the time zone that the reader chose, or UTC. */
export function Minute({ ms }: { ms: number }) {
  const { minute } = useI18n();
  return <time dateTime={toTheMinute(ms)}>{minute(ms)}</time>;
}

/** ISO 8601 in UTC, such as "2026-11-02T09:00Z": the page of a long thread has no room for seconds. */
function toTheMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 'YYYY-MM-DDTHH:mm'.length)}Z`;
}
