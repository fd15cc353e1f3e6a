import { expect, test } from 'vitest';
import { newId } from './ids';

test('ids sort by time, and within a millisecond as they were made', () => {
  const made = [...Array.from({ length: 200 }, () => newId(1_000)), newId(1_001), newId(1_001)];
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test('ids sort as they were made when the clock is set back', () => {
  const made = [newId(2_000), newId(1_000), newId(1_001), newId(1_999), newId(2_001)];
  expect([...made].sort()).toEqual(made);
});

test('two that begin a millisecond differ by chance', () => {
  const one = newId(3_000);
  newId(3_001);
  expect(newId(3_000)).not.toBe(one);
});
