import { expect, it } from 'vitest';
import { processorTime } from '../../../tests/support/processor-time';
import { withoutAddresses } from './bare-address';

it.each([
  ['请看https://example.org/a，谢谢', '请看 ，谢谢'],
  ['ดูwww.example.orgครับ', 'ดู ครับ'],
  ['<https://example.org> HTTP://EXAMPLE.ORG/ما؟', '< >  ؟'],
  ['https://example.org/a’s, https://example.org’un', ' ’s,  ’un'],
  ['no address: example.org', 'no address: example.org'],
])('%s without its addresses', (text, rest) => {
  expect(withoutAddresses(text)).toBe(rest);
});

it('takes time in proportion to the text', () => {
  for (const part of ['https://例', '谢', '’', 'www.a', 'bʼ', 'bbb’c', '[b', '[]', '{b}']) {
    const took = (times: number) =>
      processorTime(() => withoutAddresses(`https://a/${part.repeat(times)}`));
    expect(took(20_000)).toBeLessThan(100 * Math.max(took(1_000), 2));
  }
});
