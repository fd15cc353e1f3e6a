import { expect, it } from 'vitest';
import { matchExpressions } from './expressions';

it('says what each expression matched, in any case and any line', () => {
  const text = 'First line\nBUY Gold now\nlast';
  expect(matchExpressions(['^buy \\w+', 'silver', 'l[ia]'], text)).toEqual([
    'BUY Gold',
    null,
    'li',
  ]);
  expect(matchExpressions(['x+'], 'x'.repeat(500))).toEqual(['x'.repeat(80)]);
});

it('looks for no more when the time is used up', () => {
  expect(matchExpressions(['a', 'b'], 'a b', 0)).toEqual([undefined, undefined]);
});
