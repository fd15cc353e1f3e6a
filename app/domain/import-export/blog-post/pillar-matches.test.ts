import { expect, test } from 'vitest';
import { pillarMatches } from './pillar-matches';

const existing = [
  { slug: 'rates', names: ['Clear Rates', 'Tarifas claras', 'Tarifas'] },
  { slug: 'pipes', names: ['Pipes and Pumps in Repair', 'Tuberías cuidadas'] },
  { slug: 'schools', names: ['Schools', 'المدارس'] },
  { slug: 'laws', names: ['Laws', '法律'] },
];

test.each([
  ['Clear rates', 'exact', 'rates'],
  ['TARIFAS CLARAS', 'exact', 'rates'],
  ['Tuberias cuidadas', 'exact', 'pipes'],
  ['مدارس', 'exact', 'schools'],
  ['法律', 'exact', 'laws'],
  ['Clear and fair rates', 'likely', 'rates'],
  ['Pipes', 'likely', 'pipes'],
  ['School laws', 'likely', 'laws'],
  // It resembles two.
  ['Schools and laws', 'new', null],
  ['Voluntary work', 'new', null],
  ['…', 'new', null],
])('%s: %s %s', (name, match, slug) => {
  expect(pillarMatches([name], existing)).toEqual([{ name, match, slug }]);
});

test('without pillars every one is new', () => {
  expect(pillarMatches(['Water'], [])).toEqual([{ name: 'Water', match: 'new', slug: null }]);
});
