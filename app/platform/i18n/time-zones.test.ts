import { describe, expect, it } from 'vitest';
import { readTimeZone, TIME_ZONES } from './time-zones';
import { translator } from './translator';

describe('time zones', () => {
  it.each([
    ...[['Asia/Calcutta', 'Asia/Kolkata'] as const, ['Europe/Kiev', 'Europe/Kyiv'] as const],
    ...[['Asia/Saigon', 'Asia/Ho_Chi_Minh'] as const, ['Asia/Rangoon', 'Asia/Yangon'] as const],
    ...[['America/Godthab', 'America/Nuuk'] as const, ['Asia/Katmandu', 'Asia/Kathmandu'] as const],
  ])('%s is offered as %s, and both are understood', (former, present) => {
    expect(TIME_ZONES).toContain(present);
    expect(TIME_ZONES).not.toContain(former);
    for (const name of [former, present, present.toLowerCase()]) {
      expect(readTimeZone(name)).toBe(present);
    }
    const at = Date.parse('2026-08-03T21:00:00Z');
    expect(translator('en', former).minute(at)).toBe(translator('en', present).minute(at));
    expect(translator('en', present).minute(at)).not.toBe(translator('en').minute(at));
  });

  it('are each offered once, under a name that is itself present', () => {
    expect(new Set(TIME_ZONES).size).toBe(TIME_ZONES.length);
    expect(TIME_ZONES).toEqual([...TIME_ZONES].sort());
    expect(TIME_ZONES.map(readTimeZone)).toEqual(TIME_ZONES);
    const zones = new Set(
      TIME_ZONES.map(
        (timeZone) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone,
      ),
    );
    expect(zones.size).toBe(TIME_ZONES.length);
  });

  it('have other names too, which are read as the present one', () => {
    expect(readTimeZone('US/Pacific')).toBe('America/Los_Angeles');
    expect(readTimeZone('Asia/Istanbul')).toBe('Europe/Istanbul');
    for (const name of ['UTC', 'utc', 'Etc/UTC', 'GMT']) expect(readTimeZone(name)).toBe('UTC');
  });

  it('may be one that `Intl` knows and does not list', () => {
    const at = Date.parse('2026-08-03T21:00:00Z');
    for (const name of ['Etc/GMT+5', 'etc/gmt+5']) expect(readTimeZone(name)).toBe('Etc/GMT+5');
    expect(translator('en', 'Etc/GMT+5').minute(at)).toContain('16:00');
    for (const name of ['EST', 'EST5EDT']) expect(readTimeZone(name)).not.toBeNull();
  });

  it.each(['', 'Mars/Olympus', '+05:30', 'Asia/Kolkata ', '__proto__'])(
    'are not named by %j',
    (name) => {
      expect(readTimeZone(name)).toBeNull();
    },
  );
});
