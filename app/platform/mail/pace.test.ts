import { expect, it } from 'vitest';
import { Pace } from './pace';

it('sends one second’s quota at once, and then one at a time', () => {
  const pace = new Pace(4);
  const waits = Array.from({ length: 7 }, () => pace.take(10_000));
  expect(waits).toEqual([0, 0, 0, 0, 250, 500, 750]);
});

it('starts again with a full quota after a pause', () => {
  const pace = new Pace(2);
  for (let n = 0; n < 3; n += 1) pace.take(0);
  expect(pace.take(60_000)).toBe(0);
  expect(pace.take(60_000)).toBe(0);
  expect(pace.take(60_000)).toBe(500);
});

it('supports less than one per second', () => {
  const pace = new Pace(0.5);
  expect([pace.take(0), pace.take(0), pace.take(0)]).toEqual([0, 2000, 4000]);
});

it('never waits without a limit', () => {
  const pace = new Pace(0);
  expect(Array.from({ length: 100 }, () => pace.take(0)).every((ms) => ms === 0)).toBe(true);
});
