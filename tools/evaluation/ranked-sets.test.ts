import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { rankerByWords } from '~/domain/barriers/ranking/ranker';
import learned from '~db/seed/lexicon/learned.json';
import nothingLearned from '~db/seed/lexicon/reports-nothing.json';
import {
  describeQuotes,
  describeRanking,
  evaluateQuoteHalves,
  evaluateRanking,
  learnedFrom,
} from './ranked-sets';

const FOLDER = 'db/seed/demo';
const SETS = 'tools/evaluation/sets';

// Slightly below the figures in docs/decisions/0058 and 0064. If you improve the figures, raise these too.
describe('what is offered, on text that nothing was learned from', () => {
  let ranked: Awaited<ReturnType<typeof evaluateRanking>>;
  // Those that no floor is set for are left out: most of a minute goes into these.
  const unmeasured = ['pairs, tune', 'contrast'];
  beforeAll(async () => {
    ranked = await evaluateRanking(
      FOLDER,
      SETS,
      rankerByWords(),
      ({ learned, name }) => !learned && !unmeasured.includes(name),
    );
  }, 180_000);
  const named = (name: string) => {
    const found = ranked.find((one) => one.name === name);
    if (!found) throw new Error(`no set is named ${name}`);
    return found;
  };

  it.each([
    ['contributions, held', 0.97],
    ['roundabout, held', 0.95],
    ['everyday, held', 0.86],
    ['fresh, held', 0.91],
    ['pairs, held', 0.89],
    ['corpus, half not tuned on', 0.9],
    ['own, half not tuned on', 0.97],
    ['stories, English, unread', 0.78],
  ])('has the true kind among three no less often than stated: %s', (name, floor) => {
    const { learned, kinds } = named(name);
    expect(learned).toBe(false);
    expect(kinds.amongThree).toBeGreaterThanOrEqual(floor);
    expect(kinds.amongThree).toBeGreaterThanOrEqual(kinds.baselines.lexicon ?? 1);
    expect(kinds.amongThree).toBeGreaterThan(kinds.baselines.mostFrequent ?? 1);
  });

  it.each([
    [0.17, 0.15, ['contributions, held', 'corpus, half not', 'own, half not', 'stories, English']],
    [0.145, 0.355, ['everyday, held', 'fresh, held']],
    [0.4, 0.2, ['pairs, held']],
  ])(
    'offers kinds to what reports nothing no more often than %d, and none to %d of reports: %s',
    (mostFalse, mostNone, names) => {
      const kindsOf = ranked
        .filter(({ name, learned }) => !learned && names.some((start) => name.startsWith(start)))
        .map(({ kinds }) => kinds);
      expect(kindsOf).toHaveLength(names.length);
      const of = (count: 'silent' | 'reporting', share: 'falseOffers' | 'barriersAsNone') =>
        kindsOf.reduce((sum, kinds) => sum + (kinds[share] ?? 0) * kinds[count], 0) /
        kindsOf.reduce((sum, kinds) => sum + kinds[count], 0);
      expect(of('silent', 'falseOffers')).toBeLessThanOrEqual(mostFalse);
      expect(of('reporting', 'barriersAsNone')).toBeLessThanOrEqual(mostNone);
    },
  );

  it('has a true mate among three no less often than stated', () => {
    const { mates } = named('contributions, held');
    expect(mates.amongThree).toBeGreaterThanOrEqual(0.93);
    expect(named('corpus, half not tuned on').mates.amongThree).toBeGreaterThanOrEqual(0.75);
    expect(mates.acrossLanguages).toBeGreaterThanOrEqual(0.8);
    expect(mates.amongThree).toBeGreaterThan((mates.baselines.random ?? 1) + 0.5);
    const fresh = named('fresh, held').mates;
    expect(fresh.amongThree).toBeGreaterThanOrEqual(0.7);
    expect(fresh.kindsNamed).toBeGreaterThanOrEqual(0.95);
  });

  it('has a true mate among those offered to authors who were asked for kinds first', () => {
    const measured = ranked.filter(({ known, mates }) => !known && mates.reports > 0);
    const checked = measured.flatMap(({ mates }) => Object.values(mates.askedByLanguage));
    const sum = (key: 'right' | 'of') => checked.reduce((total, one) => total + one[key], 0);
    expect(sum('of')).toBeGreaterThan(130);
    expect(sum('right') / sum('of')).toBeGreaterThanOrEqual(0.87);
    for (const { name, mates } of measured) {
      expect(mates.asAsked, name).toBeGreaterThanOrEqual(mates.amongFive ?? 0);
    }
  });

  it('is told as a table, a model beside it', () => {
    const model = { ranked, answers: { used: 1, of: 2 } };
    expect(describeRanking(ranked, model)).toContain('by the language model');
    expect(describeRanking(ranked, model)).toContain('1 of 2');
  });
});

describe('the rules for quotes', () => {
  const [held, tune] = evaluateQuoteHalves(SETS);

  it('let through what stands alone, and nothing that misleads', () => {
    expect(held?.standing).toBeGreaterThanOrEqual(0.95);
    expect(held?.kept).toBeGreaterThanOrEqual(0.85);
    expect(held?.misleading).toBe(0);
    expect(tune?.misleading).toBe(0);
    expect(held?.standing).toBeGreaterThan((held?.baselines.noRules ?? 1) + 0.3);
  });

  it('are told as lines', () => {
    expect(describeQuotes(evaluateQuoteHalves(SETS))).toContain('held back');
  });
});

describe('learned.json and reports-nothing.json', () => {
  it('are what the texts that may be tuned on give', () => {
    const { words, nothing } = learnedFrom(FOLDER, SETS);
    expect(words).toEqual(learned);
    expect(nothing).toEqual(nothingLearned);
  });

  it('are learned from no text that is held back', () => {
    const held = ['contributions', 'roundabout', 'everyday', 'fresh', 'pairs']
      .flatMap((name) => readFileSync(`${SETS}/${name}.jsonl`, 'utf8').split('\n'))
      .filter((line) => line.includes('"half":"held"') || line.includes('"half": "held"'));
    expect(held.length).toBeGreaterThan(150);
    const { texts } = learnedFrom(FOLDER, SETS);
    for (const line of held) expect(texts).not.toContain(JSON.parse(line).body);
  });
});
