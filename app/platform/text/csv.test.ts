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
  ).toBe('\uFEFFa,b\r\n"x, ""y""\nz",-3\r\n,\r\n');
});

it.each([
  ...['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\nword', ' =1', '\u00A0=1'],
  ...['\u200B=1', '\uFEFF@A1', ';=1', ',=1', ' ; =1', '"=1', '＝1+1', '＋1', '－1', '＠A1', ' ＝1'],
])('disarms the formula %j', (formula) => {
  const [, line = ''] = csv(['a'], [[formula]]).split('\r\n', 2);
  expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
});

it.each(['word', ' word', '« quoted »', '(-1)', '5 - 3', ''])('leaves %j as it is', (text) => {
  expect(csv(['a'], [[text]])).toBe(`\uFEFFa\r\n${text}\r\n`);
});
