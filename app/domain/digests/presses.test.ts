import { describe, expect, it } from 'vitest';
import type { QuotedSentence } from './content-parts';
import { decisionToKeep, type Flag, type Press } from './presses';

const QUOTE: QuotedSentence = {
  ...{ kind: 'quoted', postId: 'p', revision: 1, start: 0, end: 9, hash: 'a'.repeat(64) },
  ...{ text: 'Dr Okafor cannot pay.', language: 'en', country: 'SC', region: '014' },
  ...{ industry: 'A', author: 'afi', createdAt: 0, context: [] },
};
const NAME: Flag = { kind: 'name', found: 'Dr Okafor', beside: false };
const rare = (people: number, about = 'cost'): Flag => ({ kind: 'rare', people, about });
const kept = (...flags: (Flag | string)[]): Press => ({ action: 'keep', quote: QUOTE, flags });

describe('a decision to keep a quote', () => {
  it.each<[string, Press[], Flag[]]>([
    ['the same words', [kept(NAME)], [NAME]],
    ['more people like its author', [kept(rare(2))], [rare(3)]],
    ['kinds of flag stored without what was found', [kept('name')], [NAME]],
    ['the newest of several decisions', [{ action: 'ask', quote: QUOTE }, kept(NAME)], [NAME]],
  ])('holds for %s', (_case, list, flags) => {
    expect(decisionToKeep(list, QUOTE, flags)).toBe(list.at(-1));
  });

  it.each<[string, Press[], Flag[]]>([
    ['another name', [kept(NAME)], [{ ...NAME, found: 'Dr Bello' }]],
    ['a further flag', [kept(NAME)], [NAME, rare(1)]],
    ['fewer people like its author', [kept(rare(2))], [rare(1)]],
    ['another kind of barrier', [kept(rare(2))], [rare(2, 'skills')]],
    ['a quote that was asked about anew', [kept(NAME), { action: 'ask', quote: QUOTE }], [NAME]],
  ])('does not hold for %s', (_case, list, flags) => {
    expect(decisionToKeep(list, QUOTE, flags)).toBeNull();
  });

  it.each<Partial<QuotedSentence>>([
    { revision: 2 },
    { hash: 'b'.repeat(64) },
    { paragraph: 'Dr Okafor cannot pay. She lives here.' },
    { country: 'KE' },
    { industry: 'Q' },
  ])('is not one about a quote with %o', (change) => {
    expect(decisionToKeep([kept(NAME)], { ...QUOTE, ...change }, [NAME])).toBeNull();
  });
});
