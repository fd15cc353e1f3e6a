import { describe, expect, it } from 'vitest';
import { fitFeed, fitPage, type Outline } from './page-budget';

const post = (id: string, bytes = 100, parentId: string | null = null): Outline => ({
  id,
  parentId,
  bytes,
});

describe('a page', () => {
  it('shows all of what fits', () => {
    const outline = [post('a'), post('b'), post('b1', 100, 'b')];
    expect(fitPage(outline, { bytes: 300, posts: 3 })).toEqual({
      shown: outline,
      folded: new Set(),
      repliesLeft: new Map(),
    });
  });

  it('folds the largest posts, wherever they are, and of equals the later ones', () => {
    const outline = [post('long', 900), post('a', 100), post('b', 200), post('c', 200)];
    const { shown, folded } = fitPage(outline, { bytes: 300, posts: 9 });
    expect(shown).toEqual(outline);
    expect(folded).toEqual(new Set(['c', 'long']));
  });

  it('folds a post that alone is too large', () => {
    expect(fitPage([post('a', 301)], { bytes: 300, posts: 9 }).folded).toEqual(new Set(['a']));
  });

  it('shows as many replies of each contribution as fit, and says how many are left', () => {
    const replies = (parent: string, count: number) =>
      Array.from({ length: count }, (_, n) => post(`${parent}${n}`, 1, parent));
    const outline = [post('a'), post('b'), ...replies('a', 2), ...replies('b', 50)];
    const { shown, repliesLeft } = fitPage(outline, { bytes: 9e9, posts: 10 });
    expect(shown).toHaveLength(10);
    expect(shown.at(-1)?.id).toBe('b5');
    expect(repliesLeft).toEqual(new Map([['b', 44]]));
  });
});

describe('a feed', () => {
  it('has fewer entries when they are large, and at least one', () => {
    const entries = Array.from({ length: 30 }, (_, n) => post(`e${n}`, 20_000));
    expect(fitFeed(entries).shown).toHaveLength(10);
    expect(fitFeed([post('one', 9e9)]).shown).toHaveLength(1);
  });

  it('shows an excerpt of a very long entry, which then counts for nothing', () => {
    const entries = [post('long', 190_000), ...Array.from({ length: 29 }, (_, n) => post(`e${n}`))];
    const { shown, folded } = fitFeed(entries);
    expect(shown).toHaveLength(30);
    expect(folded).toEqual(new Set(['long']));
  });
});
