/** Returns a size in its largest unit, such as "12.5 MB", in the language. */
export function formatBytes(locale: string, bytes: number): string {
  const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1000)) / 3) - 1);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step],
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** (step + 1));
}
