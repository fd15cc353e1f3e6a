import { expect, test } from 'vitest';
import { pagesShown } from './pagination';

test.each([
  [1, 2, '1 2'],
  [1, 9, '1 2 … 9'],
  [3, 9, '1 2 3 4 … 9'],
  [4, 9, '1 2 3 4 5 … 9'],
  [5, 9, '1 … 4 5 6 … 9'],
  [9, 9, '1 … 8 9'],
  [3, 5, '1 2 3 4 5'],
])('on page %i of %i: %s', (page, pages, shown) => {
  expect(
    pagesShown(page, pages)
      .map((n) => n ?? '…')
      .join(' '),
  ).toBe(shown);
});
