import { expect, test } from 'vitest';
import { newId } from './ids';

test('ids sort by time, and within a millisecond as they were made', () => {
  const made = [...Array.from({ length: 200 }, () => newId(1_000)), newId(1_001), newId(1_001)];
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test('an earlier moment has earlier ids, whatever was made before', () => {
  const later = newId(2_000);
  expect(newId(1_999) < later).toBe(true);
});

test('two that begin a millisecond differ by chance', () => {
  const one = newId(3_000);
  newId(3_001);
  expect(newId(3_000)).not.toBe(one);
});
