import { expect, it } from 'vitest';
import { processorTime } from '../../../tests/support/processor-time';
import { searchTokens } from './word-forms';

it.each(['a', '谢', 'ا', 'a-', 'aʼ', '1ʼa'])('takes time in proportion to a text of %s', (part) => {
  const took = (times: number) => processorTime(() => searchTokens(part.repeat(times)));
  expect(took(20_000)).toBeLessThan(100 * Math.max(took(1_000), 2));
});
