/** Returns the day of a time (UTC milliseconds) in UTC, `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Returns when a day `YYYY-MM-DD` begins, in UTC milliseconds; null if there is no such day. */
export function readDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(text);
  // 31 February would become another day.
  return !Number.isNaN(ms) && dayOf(ms) === text ? ms : null;
}
