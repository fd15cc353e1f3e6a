import { describe, expect, it } from 'vitest';
import { lastMorning } from './morning';

const last = (now: string, zone: string | null = null) =>
  new Date(lastMorning(Date.parse(now), zone)).toISOString();

describe('the last morning', () => {
  it('is seven o’clock in UTC when no zone is known', () => {
    expect(last('2026-11-02T06:59:59Z')).toBe('2026-11-01T07:00:00.000Z');
    expect(last('2026-11-02T07:00:00Z')).toBe('2026-11-02T07:00:00.000Z');
    expect(last('2026-11-02T23:00:00Z', 'Nowhere/Land')).toBe('2026-11-02T07:00:00.000Z');
  });

  it('is seven o’clock in the reader’s zone', () => {
    expect(last('2026-11-02T09:00:00Z', 'Africa/Nairobi')).toBe('2026-11-02T04:00:00.000Z');
    expect(last('2026-11-02T09:00:00Z', 'America/Lima')).toBe('2026-11-01T12:00:00.000Z');
    expect(last('2026-11-02T09:00:00Z', 'Asia/Kathmandu')).toBe('2026-11-02T01:15:00.000Z');
    expect(last('2026-11-01T23:30:00Z', 'Pacific/Auckland')).toBe('2026-11-01T18:00:00.000Z');
  });

  it('follows daylight saving time', () => {
    // Daylight saving time ended in Berlin on 25 October 2026.
    expect(last('2026-10-25T05:30:00Z', 'Europe/Berlin')).toBe('2026-10-24T05:00:00.000Z');
    expect(last('2026-10-25T06:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T06:00:00.000Z');
    expect(last('2026-03-29T05:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T05:00:00.000Z');
  });
});
