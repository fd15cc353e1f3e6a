import { expect, it } from 'vitest';
import { timesOf } from './transparency';

it('takes median and ninetieth percentile by the nearest rank', () => {
  expect(timesOf([])).toBeNull();
  expect(timesOf([7])).toEqual({ count: 1, median: 7, p90: 7 });
  expect(timesOf([10, 1, 9, 2, 8, 3, 7, 4, 6, 5])).toEqual({ count: 10, median: 5, p90: 9 });
  expect(timesOf([3, 1, 2])).toEqual({ count: 3, median: 2, p90: 3 });
});
