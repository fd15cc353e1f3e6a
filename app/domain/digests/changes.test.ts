import { expect, it } from 'vitest';
import { pointsInWordsOf } from './changes';
import type { DigestContent } from './content';
import type { QuotedSentence } from './content-parts';

const QUOTE = {
  ...{ kind: 'quoted', postId: 'p', text: 'I farm. No card of ours\n is taken abroad!' },
} as QuotedSentence;

function named(title: string, source?: string) {
  const point = {
    keyPoint: title,
    kind: 'cost',
    texts: [{ language: 'en', title, sentence: 'S' }],
  };
  if (source) Object.assign(point.texts[0] ?? {}, { source });
  return pointsInWordsOf({ findings: [point] } as unknown as DigestContent, [QUOTE]).length > 0;
}

it('finds the key points that are named in the words of a quote which was left out', () => {
  expect(named('no card of ours is taken abroad')).toBe(true);
  expect(named('Cards are refused', 'p')).toBe(true);
  expect(named('Cards are refused')).toBe(false);
  expect(named('Cards are refused', 'another')).toBe(false);
});
