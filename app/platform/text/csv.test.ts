import { expect, it } from 'vitest';
import { csv } from './csv';

it('quotes what has to be quoted and leaves numbers as they are', () => {
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
