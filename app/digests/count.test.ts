import { describe, expect, it } from 'vitest';
import { type Contribution, placeRowOf } from './contributions';
import { Cell, publishable, tally } from './count';

let made = 0;

function contribution(facts: Partial<Contribution> = {}): Contribution {
  made += 1;
  return {
    id: `p${made}`,
    authorId: `a${made}`,
    country: 'NG',
    region: '011',
    kinds: ['cost'],
    ...facts,
  };
}

/** A cell of so many people. */
function cell(people: number): Cell {
  const one = new Cell();
  for (let n = 0; n < people; n += 1) one.add(contribution());
  return one;
}

function table(sizes: Record<string, number>) {
  return new Map(Object.entries(sizes).map(([key, people]) => [key, cell(people)]));
}

describe('counting', () => {
  it('counts people, however often they write', () => {
    const { total, kinds } = tally('world', [
      contribution({ authorId: 'amina', kinds: ['cost', 'data'] }),
      contribution({ authorId: 'amina', kinds: ['cost'] }),
      contribution({ authorId: 'bola', kinds: ['data'] }),
    ]);
    expect(total.people).toBe(2);
    expect(total.contributions).toHaveLength(3);
    expect(kinds.get('cost')?.people).toBe(1);
    expect(kinds.get('data')?.people).toBe(2);
  });

  it('does not depend on the order of keys in what it is given', () => {
    const two = [contribution({ kinds: ['trust'] }), contribution({ kinds: ['compute'] })];
    expect([...tally('world', two).kinds.keys()]).toEqual(['compute', 'trust']);
    expect([...tally('world', two.toReversed()).kinds.keys()]).toEqual(['compute', 'trust']);
  });

  it('has rows of narrow regions for the world, of countries for a narrow region, none for a country', () => {
    expect(placeRowOf('world', { country: 'NG', region: null })).toBe('011');
    expect(placeRowOf('world', { country: null, region: '002' })).toBeNull();
    expect(placeRowOf('011', { country: 'NG', region: null })).toBe('NG');
    expect(placeRowOf('011', { country: null, region: '011' })).toBeNull();
    expect(tally('NG', [contribution()]).places.size).toBe(0);
  });
});

describe('small numbers', () => {
  it('shows what is large enough when nothing is small', () => {
    const { shown, withheld } = publishable(table({ a: 5, b: 9 }), 14, 5, false);
    expect([...shown]).toEqual(['a', 'b']);
    expect(withheld).toBe(false);
  });

  it('hides a second part of a total when a single one is small: a subtraction would give it away', () => {
    const { shown, withheld } = publishable(table({ a: 3, b: 9, c: 7 }), 19, 5, false);
    expect([...shown]).toEqual(['b']);
    expect(withheld).toBe(true);
  });

  it('hides one more where the small parts can only have one value each', () => {
    // Two hidden parts that sum to two are one person each; that sum to eight, four each.
    expect(publishable(table({ a: 1, b: 1, c: 6 }), 8, 5, false).withheld).toBe(true);
    expect(publishable(table({ a: 4, b: 4, c: 6 }), 14, 5, false).withheld).toBe(true);
    expect(publishable(table({ a: 2, b: 3, c: 6 }), 11, 5, false).withheld).toBe(false);
  });

  it('lets groups that overlap stand beside a small one, unless it is as much as it can be', () => {
    expect(publishable(table({ a: 2, b: 9 }), 10, 5, true).withheld).toBe(false);
    expect(publishable(table({ a: 4, b: 6 }), 10, 5, true).withheld).toBe(true);
  });

  it('shows nothing of what is all small', () => {
    expect(publishable(table({ a: 1, b: 2 }), 3, 5, false).shown.size).toBe(0);
  });
});
