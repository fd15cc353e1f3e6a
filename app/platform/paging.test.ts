import { describe, expect, it } from 'vitest';
import { pageAt, pagingOf, readPage } from './paging';

describe('numbered pages', () => {
  it.each([
    [0, 1],
    [1, 1],
    [20, 1],
    [21, 2],
    [300, 15],
  ])('%i rows make %i pages', (total, pages) => {
    expect(pagingOf(1, total).pages).toBe(pages);
  });

  it('shows the last page for higher numbers', () => {
    expect(pagingOf(9, 41)).toEqual({ page: 3, pages: 3, total: 41, offset: 40 });
    expect(pagingOf(9, 0)).toEqual({ page: 1, pages: 1, total: 0, offset: 0 });
  });

  it.each([
    [0, 1],
    [19, 1],
    [20, 2],
    [39, 2],
    [40, 3],
  ])('the row with %i before it is on page %i', (before, page) => {
    expect(pageAt(before)).toBe(page);
  });

  it.each([null, '', '0', '-1', '1.5', '2x', ' 2', '1e3', '99999999'])(
    'reads %j as the first',
    (text) => {
      expect(readPage(text)).toBe(1);
    },
  );

  it('reads a number', () => {
    expect(readPage('12')).toBe(12);
  });
});
