import { describe, expect, it } from 'vitest';
import { placeRowOf } from '~/domain/barriers/place-rows';
import { defaultCommunity } from '~/domain/community/seed-community';
import type { Contribution } from './contributions';
import { tally } from './count';

const byOrder = defaultCommunity().byOrder('barrier');

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

describe('counting', () => {
  it('counts people, however often they write', () => {
    const { total, kinds } = tally(
      'world',
      [
        contribution({ authorId: 'amina', kinds: ['cost', 'data'] }),
        contribution({ authorId: 'amina', kinds: ['cost'] }),
        contribution({ authorId: 'bola', kinds: ['data'] }),
      ],
      byOrder,
    );
    expect(total.people).toBe(2);
    expect(total.contributions).toHaveLength(3);
    expect(kinds.get('cost')?.people).toBe(1);
    expect(kinds.get('data')?.people).toBe(2);
  });

  it('does not depend on the order of keys in the input', () => {
    const two = [contribution({ kinds: ['trust'] }), contribution({ kinds: ['compute'] })];
    expect([...tally('world', two, byOrder).kinds.keys()]).toEqual(['compute', 'trust']);
    expect([...tally('world', two.toReversed(), byOrder).kinds.keys()]).toEqual([
      'compute',
      'trust',
    ]);
  });

  it('has rows of small regions for the world, of countries for a small region, none for a country', () => {
    expect(placeRowOf('world', { country: 'NG', region: null })).toBe('011');
    expect(placeRowOf('world', { country: null, region: '002' })).toBeNull();
    expect(placeRowOf('011', { country: 'NG', region: null })).toBe('NG');
    expect(placeRowOf('011', { country: null, region: '011' })).toBeNull();
    expect(tally('NG', [contribution()], byOrder).places.size).toBe(0);
  });
});
