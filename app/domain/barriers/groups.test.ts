import { describe, expect, it } from 'vitest';
import { type GroupCandidate, proposeGroups, similarReports } from './groups';

const said = (id: string, text: string, other: Partial<GroupCandidate> = {}): GroupCandidate => ({
  id,
  authorId: id,
  text,
  language: 'en',
  region: '011',
  ...other,
});

const card = said('a', 'The vendor takes only dollar cards, and my naira card was declined.');
const carte = said('b', 'Ma carte bancaire est refusée, le paiement se fait en dollars.', {
  language: 'fr',
});
const noise = [
  said('c', 'Nobody trained our nurses to use the tool.'),
  said('d', 'There is no law on data, the ministry is silent.'),
  said('e', 'Speech tools do not understand Hausa.'),
];

describe('proposing groups', () => {
  it('groups reports of the same barrier in different languages, and no others', () => {
    const groups = proposeGroups([card, carte, ...noise]);
    expect(groups.map(({ ids }) => ids)).toEqual([['a', 'b']]);
  });

  it('does not group across regions or without a region', () => {
    expect(proposeGroups([card, { ...carte, region: '014' }, ...noise])).toEqual([]);
    expect(
      proposeGroups([{ ...card, region: null }, { ...carte, region: null }, ...noise]),
    ).toEqual([]);
  });

  it('does not group reports of the same author', () => {
    expect(proposeGroups([card, { ...card, id: 'z' }, ...noise])).toEqual([]);
  });

  it('ignores quotations', () => {
    const answer = said('q', `> ${card.text}\n\nOur school has no computers.`);
    expect(proposeGroups([card, answer, ...noise])).toEqual([]);
  });

  it('proposes nothing for an empty list', () => {
    expect(proposeGroups([])).toEqual([]);
    expect(proposeGroups([said('a', '')])).toEqual([]);
  });
});

describe('similar reports in the region', () => {
  it('are the most similar ones of that region only', () => {
    const draft = { text: 'My cedi card is declined, they want dollars.', language: 'en' };
    const found = similarReports(draft, '011', [card, ...noise, { ...carte, region: '014' }]);
    expect(found.map(({ candidate }) => candidate.id)).toEqual(['a']);
  });
});
