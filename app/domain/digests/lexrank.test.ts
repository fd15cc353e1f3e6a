import { describe, expect, it } from 'vitest';
import { lexRank, type Vector } from './lexrank';

const vector = (text: string): Vector => new Map(text.split(' ').map((term) => [term, 1]));

describe('the rank of sentences', () => {
  it('is highest for the sentence most similar to the others', () => {
    const ranks = lexRank(
      ['cards are declined', 'dollar cards are declined here', 'dollar cards fail', 'rain'].map(
        vector,
      ),
    );
    expect(Math.max(...ranks)).toBe(1);
    expect(ranks[1]).toBe(1);
    expect(ranks[0]).toBeGreaterThan(0);
  });

  it('is higher for a repeated issue than for a single one', () => {
    const [one, other, alone] = lexRank(
      ['customs hold the card', 'the card at customs', 'poems rhyme'].map(vector),
    );
    expect(one).toBeCloseTo(other ?? 0, 6);
    expect(alone).toBeLessThanOrEqual(one ?? 0);
  });

  it('does not depend on their order', () => {
    const texts = ['a b c', 'b c d', 'c d e', 'x y'];
    const forwards = lexRank(texts.map(vector));
    const backwards = lexRank(texts.toReversed().map(vector)).reverse();
    for (const [at, rank] of forwards.entries()) expect(backwards[at]).toBeCloseTo(rank, 9);
  });

  it('is 1 for a single sentence, and empty for none', () => {
    expect(lexRank([vector('a b')])).toEqual([1]);
    expect(lexRank([])).toEqual([]);
  });
});
