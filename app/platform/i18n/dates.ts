import { formatsOf, isLocale, LOCALES } from './locales';

/** Dates as people of a language write them, where `Intl.DateTimeFormat` alone does not. */
export interface DateFormat {
  /** Formats a time (UTC ms). */
  format(ms: number): string;
  /** Formats two times as a range: "26 October – 1 November 2026". The spaces around the dash are CLDR's. */
  range(start: number, end: number): string;
  /** The ends of the range, for "from 5 to 11 October 2026": what the last one says again is left out of the first. */
  ends(start: number, end: number): { first: string; last: string };
}

type Part = Intl.DateTimeFormatPart & { source?: string };

/**
 * @param locale BCP 47
 * @param options with the month as a word, if with a day
 */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): DateFormat {
  // Some languages have a calendar of their own; periods are months of this one.
  const format = new Intl.DateTimeFormat(formatsOf(locale), { ...options, calendar: 'gregory' });
  const { firstOfMonth = '1' } = isLocale(locale) ? LOCALES[locale] : {};
  const said = (parts: readonly Part[]) =>
    parts
      .map(({ type, value }, at) => {
        if (type === 'day' && value === '1') return firstOfMonth;
        // "م" for p.m. never stands alone on a line.
        return parts[at + 1]?.type === 'dayPeriod' ? value.replace(/ $/, '\u00a0') : value;
      })
      .join('');

  function rangeParts(start: number, end: number): Part[] {
    const parts: Part[] = format.formatRangeToParts(start, end);
    const [first = [], last = []] = [start, end].map((ms) => format.formatToParts(ms));
    const text = parts.map(({ value }) => value).join('');
    const dash = { type: 'literal', value: ' – ', source: 'shared' } as const;
    if ([first, last].every((day) => text.includes(monthOf(day)))) {
      // CLDR's range in Russian says the year twice: "июль 2026 г. – сентябрь 2026 г.".
      const [early, late] = parts.flatMap(({ type }, at) => (type === 'year' ? [at] : []));
      if (!early || !late || parts[early]?.value !== parts[late]?.value) return parts;
      const end = parts.findIndex(({ source }) => source === 'endRange');
      return [...parts.slice(0, early - 1), dash, ...parts.slice(end)];
    }
    // CLDR's range in Swahili loses the first of two months.
    return [...first.map((part) => ({ ...part, source: 'startRange' })), dash, ...last];
  }

  /** The end without the year and month that it shares: `Intl` has only "2026/10/5 – 2026/10/11". */
  function chineseEnds(start: number, end: number) {
    const [first, last] = [format.format(start), format.format(end)];
    const shared = [...last.matchAll(/[年月]/g)].map(({ index }) => last.slice(0, index + 1));
    const cut = shared.findLast((part) => first.startsWith(part))?.length ?? 0;
    return { first, last: last.slice(cut) };
  }

  function ends(start: number, end: number) {
    if (locale === 'zh') return chineseEnds(start, end);
    const parts = rangeParts(start, end);
    // The dash stands after the last part of the start.
    const dash = parts.findLastIndex(({ source }) => source === 'startRange') + 1;
    return { first: said(parts.slice(0, dash)), last: said(parts.slice(dash + 1)) };
  }

  return {
    format: (ms) => said(format.formatToParts(ms)),
    range: (start, end) =>
      locale === 'zh' ? Object.values(ends(start, end)).join('至') : said(rangeParts(start, end)),
    ends,
  };
}

function monthOf(parts: readonly Part[]): string {
  return parts.find(({ type }) => type === 'month')?.value ?? '';
}
