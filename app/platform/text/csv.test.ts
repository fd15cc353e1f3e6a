import { expect, it } from 'vitest';
import { csv } from './csv';

it('quotes where necessary and leaves numbers unquoted', () => {
  expect(
    csv(
      ['a', 'b'],
      [
        ['x, "y"\nz', -3],
        ['', null],
      ],
    ),
  ).toBe('a,b\r\n"x, ""y""\nz",-3\r\n,\r\n');
});

it.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1'])('disarms the formula %j', (formula) => {
  const [, line = ''] = csv(['a'], [[formula]]).split('\r\n', 2);
  expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
});
