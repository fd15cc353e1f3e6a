import { useI18n } from '~/ui/i18n';

/** A date, with the exact time in `datetime` for programs. */
export function Day({ ms }: { ms: number }) {
  const { day } = useI18n();
  return <time dateTime={new Date(ms).toISOString()}>{day(ms)}</time>;
}

/** Date and time in UTC. */
export function Minute({ ms }: { ms: number }) {
  const { minute } = useI18n();
  return <time dateTime={new Date(ms).toISOString()}>{minute(ms)}</time>;
}
