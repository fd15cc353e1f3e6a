import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '~/platform/clock';
import { nextRun, pauseAfter } from './job';

const at = (iso: string) => Date.parse(iso);

describe('nextRun', () => {
  it.each([
    [{ every: MINUTE }, '2026-11-02T09:00:05Z', '2026-11-02T09:01:05Z'],
    [{ dailyAt: '03:00' }, '2026-11-02T02:59:59Z', '2026-11-02T03:00:00Z'],
    [{ dailyAt: '03:00' }, '2026-11-02T03:00:00Z', '2026-11-03T03:00:00Z'],
    [{ dailyAt: '23:30' }, '2026-12-31T23:45:00Z', '2027-01-01T23:30:00Z'],
  ])('%j after %s', (schedule, now, next) => {
    expect(new Date(nextRun(schedule, at(now))).toISOString()).toBe(new Date(next).toISOString());
  });
});

describe('pauseAfter', () => {
  it('doubles from half a minute up to an hour, or to the maximum of the job', () => {
    expect([1, 2, 3, 7, 8, 5000].map((n) => pauseAfter(n, {}) / SECOND)).toEqual([
      30,
      60,
      120,
      1920,
      HOUR / SECOND,
      HOUR / SECOND,
    ]);
    expect(pauseAfter(9, { longestPause: MINUTE })).toBe(MINUTE);
  });
});
