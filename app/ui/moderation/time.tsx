import { useI18n } from '~/ui/i18n';

/** A day, exact to the second for programs. */
export function Day({ ms }: { ms: number }) {
  const { day } = useI18n();
  return <time dateTime={new Date(ms).toISOString()}>{day(ms)}</time>;
}

/** A day and minute, in UTC. */
export function Minute({ ms }: { ms: number }) {
  const { minute } = useI18n();
  return <time dateTime={new Date(ms).toISOString()}>{minute(ms)}</time>;
}
