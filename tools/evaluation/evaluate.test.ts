import { describe, expect, it } from 'vitest';
import type { DigestContent } from '~/domain/digests/content';
import type { Statement } from '~/domain/digests/content-parts';
import { claimsOf } from './digest-checks';
import { evaluate, describe as table } from './evaluate';
import { measureLabels, measures } from './measures';

describe('the measures', () => {
  it('are precision, recall and F1, and null for no data', () => {
    expect(measures({ hits: 1, false: 1, missed: 3 })).toMatchObject({
      precision: 0.5,
      recall: 0.25,
      f1: 0.333,
    });
    expect(measures({ hits: 0, false: 0, missed: 0 }).f1).toBeNull();
  });

  it('weigh all expected labels equally', () => {
    const { macroF1 } = measureLabels(
      [
        { predicted: ['a'], expected: ['a'] },
        { predicted: ['a'], expected: ['a'] },
        { predicted: [], expected: ['b'] },
      ],
      ['a', 'b', 'c'],
    );
    expect(macroF1).toBe(0.5);
  });
});

// The figures stated in docs/decisions. If you improve the lexicon, raise them here and there.
describe('the rules, on the fixtures', () => {
  const evaluations = evaluate('db/seed/demo', 'tools/evaluation/sets');
  const named = (name: string) => {
    const found = evaluations.find((one) => one.name === name);
    if (!found) throw new Error(`no evaluation is named ${name}`);
    return found;
  };

  it.each([
    ['corpus, half not tuned on', 0.4, 0.8],
    ['corpus, tuned half', 0.71, 0.93],
    ['corpus, whole', 0.62, 0.86],
    ['own, half not tuned on', 0.84, 0.93],
    ['own, whole', 0.84, 0.94],
    ['stories, English, unread', 0.41, 0.73],
    ['stories, nine languages', 0.85, 0.95],
    ['stories, English', 0.79, 0.96],
  ])('suggest no worse than stated: %s', (name, kinds, raises) => {
    const one = named(name).kinds;
    expect(one.kinds.macroF1).toBeGreaterThanOrEqual(kinds);
    expect(one.kinds.macroF1).toBeGreaterThan(one.baselines.plainKeywords ?? 0);
    expect(one.kinds.macroF1).toBeGreaterThan(one.baselines.mostCommonKind ?? 0);
    expect(one.raises).toBeGreaterThanOrEqual(raises);
  });

  it('place no worse than stated', () => {
    const { regions } = named('corpus, whole');
    expect(regions.accuracy).toBe(1);
  });

  it('are printed as a table', () => {
    expect(table(evaluations)).toContain('macro F1');
  });
});

describe('claims that posts report the same barrier', () => {
  it('are found wherever they stand', () => {
    const say = (key: Statement, values = {}) =>
      ({ kind: 'computed', key, values, sources: ['a', 'b'], unlisted: 0 }) as const;
    const quote = { context: [say('digests.say.quote.same')] };
    const digest = {
      findings: [],
      lead: [say('digests.say.wrote'), say('digests.say.lead.next', { finding: { finding: 'x' } })],
      changes: [say('digests.say.matter.new')],
      barriers: [{ quotes: [quote] }],
    } as unknown as DigestContent;
    expect(claimsOf(digest)).toEqual([
      { keyPoint: 'x', sources: ['a', 'b'] },
      { keyPoint: null, sources: ['a', 'b'] },
      { keyPoint: null, sources: ['a', 'b'] },
    ]);
  });
});
