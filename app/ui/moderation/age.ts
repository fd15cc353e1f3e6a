import { DAY, HOUR, MINUTE } from '~/platform/clock';

/** Returns a duration in its largest whole unit, such as "3 hours", in the language. */
export function formatAge(locale: string, ms: number): string {
  if (ms >= DAY) return formatUnits(locale, ms / DAY, 'day');
  if (ms >= HOUR) return formatUnits(locale, ms / HOUR, 'hour');
  return formatUnits(locale, Math.max(0, ms) / MINUTE, 'minute');
}

/** Returns a number of units, such as "30 seconds". */
export function formatUnits(locale: string, length: number, unit: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.floor(length));
}
