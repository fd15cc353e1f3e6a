import { describe, expect, it } from 'vitest';
import { placeRowOf } from '~/domain/barriers/place-rows';
import type { Contribution } from './contributions';
import { publicCells, tally } from './count';

let made = 0;

function contribution(facts: Partial<Contribution> = {}): Contribution {
  made += 1;
  return {
    id: `p${made}`,
    authorId: `a${made}`,
    country: 'NG',
    region: '011',
    createdAt: made,
    kinds: ['cost'],
    ...facts,
  };
}

/** Returns contributions with the given number of people per country. */
function from(sizes: Record<string, number>, facts: Partial<Contribution> = {}) {
  return Object.entries(sizes).flatMap(([country, people]) =>
    Array.from({ length: people }, () => contribution({ country, ...facts })),
  );
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

  it('does not depend on the order of keys in the input', () => {
    const two = [contribution({ kinds: ['trust'] }), contribution({ kinds: ['compute'] })];
    expect([...tally('world', two).kinds.keys()]).toEqual(['compute', 'trust']);
    expect([...tally('world', two.toReversed()).kinds.keys()]).toEqual(['compute', 'trust']);
  });

  it('has rows of small regions for the world, of countries for a small region, none for a country', () => {
    expect(placeRowOf('world', { country: 'NG', region: null })).toBe('011');
    expect(placeRowOf('world', { country: null, region: '002' })).toBeNull();
    expect(placeRowOf('011', { country: 'NG', region: null })).toBe('NG');
    expect(placeRowOf('011', { country: null, region: '011' })).toBeNull();
    expect(tally('NG', [contribution()]).places.size).toBe(0);
  });
});

describe('small numbers', () => {
  it('shows all numbers if none is small', () => {
    const cells = publicCells(tally('011', from({ GH: 5, NG: 9 })), 5);
    expect(cells.total).toBe(true);
    expect([...cells.places.shown]).toEqual(['GH', 'NG']);
    expect(cells.places.withheld).toBe(false);
  });

  it('hides a second part of a total if only one is small, because subtraction would reveal it', () => {
    const { places } = publicCells(tally('011', from({ BJ: 3, GH: 7, NG: 9 })), 5);
    expect([...places.shown]).toEqual(['NG']);
    expect(places.withheld).toBe(true);
  });

  it('shows a kind in a place only if both numbers are public', () => {
    const said = [
      ...from({ GH: 6, NG: 9 }),
      ...from({ GH: 2 }, { kinds: ['data'] }),
      ...from({ NG: 6 }, { kinds: ['data'] }),
    ];
    const cells = publicCells(tally('011', said), 5);
    expect(cells.kindInPlace('data', 'GH')).toBe(false);
    expect(cells.kindInPlace('trust', 'GH')).toBe(false);
  });

  it('shows nothing if all numbers are small', () => {
    const cells = publicCells(tally('011', from({ GH: 1, NG: 2 })), 5);
    expect(cells.total).toBe(false);
    expect([...cells.places.shown, ...cells.kinds.shown]).toEqual([]);
  });
});
