import { DAY, HOUR } from '~/platform/clock';

/** Time of day of the daily email, in the reader's time zone. */
const MORNING = 7 * HOUR;

/**
 * Returns the last 7 a.m. that is not in the future (UTC ms). @param timeZone an IANA name; UTC is
 * used if it is unknown
 */
export function lastMorning(now: number, timeZone: string | null): number {
  const local = now + offsetAt(now, timeZone);
  const midnight = Math.floor((local - MORNING) / DAY) * DAY;
  const guess = midnight + MORNING - offsetAt(now, timeZone);
  // If the clocks were changed since, that morning had another offset.
  return Math.min(now, midnight + MORNING - offsetAt(guess, timeZone));
}

/** Returns the offset of a time zone from UTC at a given time, in ms. */
function offsetAt(moment: number, timeZone: string | null): number {
  if (!timeZone) return 0;
  try {
    const parts = new Intl.DateTimeFormat('en-u-hc-h23', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(moment);
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
    const local = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return local - Math.floor(moment / 1000) * 1000;
  } catch {
    return 0;
  }
}
