import { describe, expect, it } from 'vitest';
import { type DigestContent, digestContent, quotesOf, sourcesOf } from './content';
import type { ComputedSentence, QuotedSentence } from './content-parts';
import { mapSections } from './sections/sections';

const FIGURES = { people: 1, contributions: 1, countries: 1 };

function counted(...sources: string[]): ComputedSentence {
  return { kind: 'computed', key: 'digests.say.few', values: { min: 5 }, sources, unlisted: 0 };
}

function quote(postId: string, context: ComputedSentence[] = []): QuotedSentence {
  const said = { revision: 1, start: 0, end: 4, hash: '0'.repeat(64), text: 'Text' };
  const by = { language: 'en', country: 'NG', region: '011', author: 'amina', createdAt: 0 };
  return { kind: 'quoted', postId, ...said, ...by, context };
}

/** A digest in its first stored form, without the sections that were added later. */
const FIRST = {
  schema: 1,
  scope: '011',
  period: '2026-10',
  previousPeriod: '2026-09',
  minAuthors: 5,
  totals: FIGURES,
  lead: [counted('lead')],
  changes: [counted('change')],
  barriers: [
    {
      kind: 'cost',
      ...FIGURES,
      previousPeople: null,
      statements: [counted('kind')],
      quotes: [quote('barrier', [counted('context')])],
    },
  ],
  barriersWithheld: false,
  places: [],
  placesWithheld: false,
};

const FULL: DigestContent = digestContent.parse({
  ...FIRST,
  carried: { statements: [counted('over')], quotes: [quote('carried')] },
  proposals: [quote('proposal')],
  minorities: [{ place: 'KE', quote: quote('minority') }],
  disagreements: [{ about: 'cost', quote: quote('disagreement') }],
  eased: [{ about: 'data', quote: quote('eased') }],
});

describe('the content of a digest', () => {
  it('reads digests stored before there were other sections', () => {
    const empty = { eased: [], disagreements: [], minorities: [], proposals: [], carried: null };
    expect(digestContent.parse(FIRST)).toMatchObject(empty);
  });

  it('refuses invalid content', () => {
    expect(digestContent.safeParse({ ...FIRST, unheard: [] }).success).toBe(false);
    const about = [{ about: 'The weather!', quote: quote('x') }];
    expect(digestContent.safeParse({ ...FIRST, eased: about }).success).toBe(false);
  });

  it('names its quotes and sources in the order in which published digests number them', () => {
    const quotes = ['barrier', 'eased', 'disagreement', 'minority', 'proposal', 'carried'];
    expect(quotesOf(FULL).map(({ postId }) => postId)).toEqual(quotes);
    expect(sourcesOf(FULL)).toEqual(['lead', 'change', 'kind', 'context', 'over', ...quotes]);
  });

  it('removes a quote from any section, and keeps the rest', () => {
    for (const gone of quotesOf(FULL).slice(1)) {
      const kept = mapSections(FULL, (list) => list.filter((one) => one.postId !== gone.postId));
      expect(quotesOf({ ...FULL, ...kept })).toEqual(quotesOf(FULL).filter((one) => one !== gone));
    }
    expect(mapSections(FULL, (list) => list)).toEqual({
      eased: FULL.eased,
      disagreements: FULL.disagreements,
      minorities: FULL.minorities,
      proposals: FULL.proposals,
      carried: FULL.carried,
    });
  });
});
