const known = new Set(Intl.supportedValuesOf('timeZone'));

/** All time zones that can be chosen: IANA names such as `Africa/Lagos`, in alphabetical order. */
export const TIME_ZONES: readonly string[] = [...known].filter((name) => name.includes('/'));

export function isTimeZone(name: string): boolean {
  return known.has(name);
}
