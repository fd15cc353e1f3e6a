import { describe, expect, it } from 'vitest';
import {
  formatPeriod,
  lastCompletePeriod,
  nextPeriod,
  type Period,
  parsePeriod,
  periodContaining,
  previousPeriod,
  rangeOf,
} from './period';

const utc = (iso: string) => Date.parse(`${iso}Z`);
const day = (ms: number) => new Date(ms).toISOString();

function period(id: string): Period {
  const parsed = parsePeriod(id);
  if (!parsed) throw new Error(`${id} is no period`);
  return parsed;
}

describe('parsePeriod', () => {
  it.each([
    ['2026-10', 'month', '2026-10-01', '2026-11-01'],
    ['2026-12', 'month', '2026-12-01', '2027-01-01'],
    ['2024-02', 'month', '2024-02-01', '2024-03-01'],
    ['2026-Q1', 'quarter', '2026-01-01', '2026-04-01'],
    ['2026-Q4', 'quarter', '2026-10-01', '2027-01-01'],
    ['2026-W44', 'week', '2026-10-26', '2026-11-02'],
    ['2026-W01', 'week', '2025-12-29', '2026-01-05'],
    ['2020-W53', 'week', '2020-12-28', '2021-01-04'],
    ['2021-W01', 'week', '2021-01-04', '2021-01-11'],
    ['2026-W53', 'week', '2026-12-28', '2027-01-04'],
  ])('%s is a %s from %s to before %s', (id, kind, start, end) => {
    expect(parsePeriod(id)).toEqual({
      id,
      kind,
      start: utc(`${start}T00:00`),
      end: utc(`${end}T00:00`),
    });
  });

  it.each([
    '2026-00',
    '2026-13',
    '2026-W00',
    '2026-W54',
    '2025-W53',
    '2026-Q0',
    '2026-Q5',
    '2026',
    '2026-1',
    '2026-W4',
    '2026-w44',
    '2026-10-01',
    '26-10',
    '1969-12',
    '0050-01',
    ' 2026-10',
    '2026-10\n',
    '',
  ])('refuses %j', (text) => {
    expect(parsePeriod(text)).toBeNull();
  });
});

describe('periodContaining', () => {
  it('includes its start and excludes its end', () => {
    const october = period('2026-10');
    expect(periodContaining(october.start, 'month').id).toBe('2026-10');
    expect(periodContaining(october.end - 1, 'month').id).toBe('2026-10');
    expect(periodContaining(october.end, 'month').id).toBe('2026-11');
    expect(periodContaining(october.start - 1, 'month').id).toBe('2026-09');
  });

  it.each([
    ['2021-01-03T23:59:59.999', '2020-W53'],
    ['2021-01-04T00:00', '2021-W01'],
    ['2027-01-01T12:00', '2026-W53'],
    ['2025-12-29T00:00', '2026-W01'],
    ['2026-11-01T23:00', '2026-W44'],
  ])('puts %s into the ISO week %s', (moment, id) => {
    expect(periodContaining(utc(moment), 'week').id).toBe(id);
  });

  it('agrees with parsePeriod on every day of thirty years', () => {
    const failures: string[] = [];
    for (let ms = utc('2005-01-01T00:00'); ms < utc('2035-01-01T00:00'); ms += 86_400_000) {
      for (const kind of ['month', 'week', 'quarter'] as const) {
        const found = periodContaining(ms, kind);
        const parsed = parsePeriod(found.id);
        const fits = parsed?.start === found.start && parsed.end === found.end;
        if (!fits || ms < found.start || ms >= found.end) failures.push(`${day(ms)} ${found.id}`);
      }
    }
    expect(failures).toEqual([]);
  });
});

describe('previousPeriod and nextPeriod', () => {
  it.each([
    ['2025-12', '2026-01'],
    ['2025-Q4', '2026-Q1'],
    ['2025-W52', '2026-W01'],
    ['2020-W53', '2021-W01'],
    ['2026-W53', '2027-W01'],
  ])('%s comes before %s, without a gap', (earlier, later) => {
    expect(nextPeriod(period(earlier))).toEqual(period(later));
    expect(previousPeriod(period(later))).toEqual(period(earlier));
    expect(period(earlier).end).toBe(period(later).start);
  });
});

describe('lastCompletePeriod', () => {
  it('is complete only after its last millisecond', () => {
    const { end } = period('2026-10');
    expect(lastCompletePeriod(end - 1, 'month').id).toBe('2026-09');
    expect(lastCompletePeriod(end, 'month').id).toBe('2026-10');
  });

  it('knows weeks and quarters', () => {
    const newYear = utc('2027-01-01T00:00');
    expect(lastCompletePeriod(newYear, 'quarter').id).toBe('2026-Q4');
    expect(lastCompletePeriod(newYear, 'week').id).toBe('2026-W52');
  });
});

describe('formatPeriod', () => {
  // CLDR uses thin spaces in some ranges; the test ignores which ones.
  const format = (id: string, locale: string) =>
    formatPeriod(period(id), locale).replace(/\s/g, ' ');

  it.each([
    ['2026-10', 'en', 'October 2026'],
    ['2026-W44', 'en', '26 October – 1 November 2026'],
    ['2026-W53', 'en', '28 December 2026 – 3 January 2027'],
    ['2026-Q4', 'en', 'October – December 2026'],
    ['2026-10', 'fr', 'octobre 2026'],
    ['2026-Q4', 'fr', 'octobre – décembre 2026'],
    ['2026-W44', 'fr', '26 octobre – 1er novembre 2026'],
    ['2027-W05', 'fr', '1er–7 février 2027'],
    ['2026-W44', 'pt', '26 de outubro – 1º de novembro de 2026'],
    ['2027-W05', 'pt', '1º – 7 de fevereiro de 2027'],
    ['2026-W44', 'sw', '26 Oktoba 2026 – 1 Novemba 2026'],
    ['2026-W45', 'sw', '2 – 8 Novemba 2026'],
    ['2026-10', 'ar', 'أكتوبر 2026'],
    ['2026-W44', 'zh', '2026年10月26日至11月1日'],
    ['2026-Q4', 'zh', '2026年10月至12月'],
    ['2026-W41', 'es', '5–11 de octubre de 2026'],
    ['2026-Q4', 'ru', 'октябрь – декабрь 2026 г.'],
    ['2026-W53', 'ru', '28 декабря 2026 г. – 3 января 2027 г.'],
  ])('writes %s in %s as %s', (id, locale, text) => {
    expect(format(id, locale)).toBe(text);
  });
});

describe('rangeOf', () => {
  it.each([
    ['2026-W41', 'en', '5', '11 October 2026'],
    ['2026-W44', 'en', '26 October', '1 November 2026'],
    ['2026-W53', 'en', '28 December 2026', '3 January 2027'],
    ['2026-Q4', 'en', 'October', 'December 2026'],
    ['2026-W41', 'fr', '5', '11 octobre 2026'],
    ['2026-Q4', 'fr', 'octobre', 'décembre 2026'],
    ['2026-W44', 'fr', '26 octobre', '1er novembre 2026'],
    ['2027-W05', 'fr', '1er', '7 février 2027'],
    ['2026-W44', 'pt', '26 de outubro', '1º de novembro de 2026'],
    ['2026-W44', 'sw', '26 Oktoba 2026', '1 Novemba 2026'],
    ['2026-W41', 'ar', '5', '11 أكتوبر 2026'],
    ['2026-W41', 'zh', '2026年10月5日', '11日'],
    ['2026-W53', 'zh', '2026年12月28日', '2027年1月3日'],
    ['2026-W41', 'hi', '5', '11 अक्टूबर 2026'],
    ['2026-Q4', 'ru', 'октябрь', 'декабрь 2026\u202fг.'],
  ])('splits %s in %s', (id, locale, first, last) => {
    expect(rangeOf(period(id), locale)).toEqual({ first, last });
  });
});
