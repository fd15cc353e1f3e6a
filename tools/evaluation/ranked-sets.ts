import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LEARNED_KINDS } from '~/domain/barriers/lexicon';
import { modelRanker } from '~/domain/barriers/ranking/model-ranker';
import type { Ranker } from '~/domain/barriers/ranking/ranker';
import { defaultCommunity } from '~/domain/community/seed-community';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { ModelError, type ModelServer } from '~/platform/language-model';
import { isTunedOn, type Labelled, ownLine, readCorpus, readLabelled, readLines } from './corpus';
import type { Checked } from './digest-checks';
import { learn, learnNothing } from './learn';
import { evaluateQuotes, readQuotes } from './quotes';
import { evaluateRankedKinds, evaluateRankedMates, rankingKindsOnce } from './ranking';
import { storySets } from './stories';

/** All that is measured on sets whose halves are told apart: what is offered, and what is quoted. */
export async function evaluateRanking(
  folder: string,
  sets: string,
  given: Ranker,
  which: (set: { learned: boolean; name: string }) => boolean = () => true,
) {
  const all = readSets(folder, sets);
  const ranker = rankingKindsOnce(given);
  const usual = mostFrequent(all.filter(({ learned }) => learned).flatMap(({ items }) => items));
  const measured = [];
  for (const { name, items, learned, known = false } of all.filter(which)) {
    const besides = all.filter((set) => set.items !== items);
    const otherHalf = besides
      .filter((set) => fileOf(set) === fileOf({ name }))
      .flatMap(({ items }) => items);
    const others = besides
      .filter((set) => fileOf(set) !== fileOf({ name }))
      .flatMap(({ items }) => items);
    const kinds = await evaluateRankedKinds(items, ranker, usual);
    measured.push({
      name,
      learned,
      known,
      kinds,
      mates: await evaluateRankedMates(items, { otherHalf, others }, ranker),
    });
  }
  return measured;
}

export function evaluateQuoteHalves(sets: string) {
  const quotes = readQuotes(join(sets, 'quotes.jsonl'));
  return (['held', 'tune'] as const).map((half) => ({
    half,
    ...evaluateQuotes(quotes.filter((one) => one.half === half)),
  }));
}

/** The weights that the texts which may be tuned on give, and those texts. */
export function learnedFrom(folder: string, sets: string) {
  const quotes = readQuotes(join(sets, 'quotes.jsonl'))
    .filter(({ half, label }) => half === 'tune' && label !== 'misleads')
    .map(({ id, body, language, country, kind }) => ({
      ...{ id, author: id, body, language, country },
      gold: { raises: true, kinds: [kind], pillars: [], region: null, group: null },
    }));
  const items = [
    ...readSets(folder, sets).flatMap(({ items, learned }) => (learned ? items : [])),
    ...quotes,
  ];
  return {
    texts: items.map(({ body }) => body),
    words: learn(items),
    nothing: learnNothing(items),
  };
}

/** Writes learned.json and reports-nothing.json anew; returns the number of texts. */
export function learnFrom(folder: string, sets: string, lexicon: string): number {
  const { texts, words, nothing } = learnedFrom(folder, sets);
  writeLines(join(lexicon, 'learned.json'), words);
  writeLines(join(lexicon, 'reports-nothing.json'), nothing);
  return texts.length;
}

function writeLines(file: string, of: Record<string, unknown>): void {
  const lines = Object.entries(of).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value).replaceAll(',', ', ')}`,
  );
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
}

const halvedLine = ownLine.extend({ half: z.enum(['tune', 'held']) });

interface RankedSet {
  name: string;
  /** Whether words were learned from it: its figures flatter. */
  learned: boolean;
  /** Whether it was seen when lists or texts to learn from were chosen: no clean measure either. */
  known?: boolean;
  items: Labelled[];
}

function readSets(folder: string, sets: string): RankedSet[] {
  const halves = (name: string) => {
    const items = readLines(join(sets, `${name}.jsonl`)).map((line) => halvedLine.parse(line));
    return {
      held: items.filter(({ half }) => half === 'held'),
      tune: items.filter(({ half }) => half === 'tune'),
    };
  };
  const contributions = halves('contributions');
  const roundabout = halves('roundabout');
  const everyday = halves('everyday');
  const pairs = halves('pairs');
  const contrast = readLabelled(join(sets, 'contrast.jsonl'));
  const corpus = readCorpus(folder);
  const own = readLabelled(join(sets, 'held-out.jsonl'));
  const stories = storySets(join(sets, 'stories'));
  return [
    { name: 'contributions, held', learned: false, items: contributions.held },
    { name: 'roundabout, held', learned: false, known: true, items: roundabout.held },
    { name: 'everyday, held', learned: false, items: everyday.held },
    {
      name: 'fresh, held',
      learned: false,
      items: readLabelled(join(sets, 'fresh.jsonl')),
    },
    { name: 'pairs, held', learned: false, items: pairs.held },
    { name: 'pairs, tune', learned: false, known: true, items: pairs.tune },
    { name: 'contrast', learned: false, known: true, items: contrast },
    { name: 'corpus, half not tuned on', learned: false, items: corpus.filter(isUntouched) },
    { name: 'own, half not tuned on', learned: false, items: own.filter(isUntouched) },
    ...stories.map(({ name, items }) => ({ name, items, learned: !name.includes('unread') })),
    { name: 'contributions, tune', learned: true, items: contributions.tune },
    { name: 'roundabout, tune', learned: true, items: roundabout.tune },
    { name: 'everyday, tune', learned: true, items: everyday.tune },
    { name: 'corpus, tuned half', learned: true, items: corpus.filter(({ id }) => isTunedOn(id)) },
    { name: 'own, tuned half', learned: true, items: own.filter(({ id }) => isTunedOn(id)) },
  ];
}

/** Both halves of a file have its name: "everyday, held". */
function fileOf({ name }: Pick<RankedSet, 'name'>): string {
  return name.split(',')[0] ?? name;
}

function isUntouched({ id }: Labelled): boolean {
  return !isTunedOn(id);
}

function mostFrequent(items: readonly Labelled[]): BarrierKind[] {
  const times = (kind: BarrierKind) => items.filter(({ gold }) => gold.kinds[0] === kind).length;
  return LEARNED_KINDS.toSorted((a, b) => times(b) - times(a));
}

/** As many unusable answers at the start mean that there is no model. */
const TRIED = 5;

/**
 * A language model's ranking of the sets that nothing was learned from, and how many of its answers
 * could be used: the built-in ranking stands in for the others.
 * @throws ModelError if none of the first answers can be used
 */
export async function evaluateModel(folder: string, sets: string, server: ModelServer) {
  const answers = { used: 0, of: 0 };
  const noted = (used: boolean) => {
    answers.of += 1;
    if (used) answers.used += 1;
    if (answers.of === TRIED && answers.used === 0) {
      throw new ModelError('the language model gives no answer that can be used');
    }
  };
  const ranker = modelRanker(server, defaultCommunity(), {
    longestWait: Number.POSITIVE_INFINITY,
    noted,
  });
  const ranked = await evaluateRanking(folder, sets, ranker, ({ learned }) => !learned);
  return { ranked, answers };
}

type Ranked = Awaited<ReturnType<typeof evaluateRanking>>;

/** The ranking as a table for a terminal; `model` is a language model's, beside it. */
export function describeRanking(
  ranked: Ranked,
  model?: Awaited<ReturnType<typeof evaluateModel>>,
): string {
  const head =
    'what is offered                   kind in 3  lexicon  frequent | false offers  as none | mate in 3  in 5  asked  named   same  across  random';
  const rows = ranked.flatMap((one) => {
    const beside = model?.ranked.find(({ name }) => name === one.name);
    return [
      row(`${one.name}${one.learned ? ' *' : ''}${one.known ? ' †' : ''}`, one),
      ...(beside ? [row('  by the language model', beside)] : []),
    ];
  });
  return [
    head,
    ...rows,
    '  * words were learned from it',
    '  † no clean measure (docs/decisions/0058); not in the sums below',
    ...(model
      ? [
          `  answers of the language model that could be used: ${model.answers.used} of ${model.answers.of}`,
        ]
      : []),
    ...detailsOf(
      'nothing was learned from',
      ranked.filter(({ learned, known }) => !learned && !known),
    ),
    ...detailsOf(
      'words were learned from',
      ranked.filter(({ learned }) => learned),
    ),
  ].join('\n');
}

/** The sums of some sets: false offers by reason, and mates by language. */
function detailsOf(name: string, ranked: Ranked): string[] {
  const sum = (parts: Record<string, Checked>[]) => {
    const sums = new Map<string, Checked>();
    for (const [key, { right, of }] of parts.flatMap((part) => Object.entries(part))) {
      const known = sums.get(key) ?? { right: 0, of: 0 };
      sums.set(key, { right: known.right + right, of: known.of + of });
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const tell = (sums: [string, Checked][]) => {
    const all = sums.map(([, one]) => one);
    const total = (key: keyof Checked) => all.reduce((count, one) => count + one[key], 0);
    const each = sums.map(([key, { right, of }]) => `${key} ${right} of ${of}`).join(', ');
    return `${show(total('of') === 0 ? null : total('right') / total('of'))} (${each})`;
  };
  const offers = ranked.map(({ kinds }) =>
    Object.fromEntries(
      Object.entries(kinds.byReason).map(([reason, { texts, falseOffers }]) => [
        reason,
        { right: falseOffers, of: texts },
      ]),
    ),
  );
  return [
    `  texts that ${name}:`,
    `    false offers by reason    ${tell(sum(offers))}`,
    `    true mate in 3, language  ${tell(sum(ranked.map(({ mates }) => mates.byLanguage)))}`,
    `    the same as asked         ${tell(sum(ranked.map(({ mates }) => mates.askedByLanguage)))}`,
  ];
}

function row(name: string, { kinds, mates }: Ranked[number]): string {
  const cells = [
    show(kinds.amongThree, 9),
    show(kinds.baselines.lexicon, 8),
    show(kinds.baselines.mostFrequent, 9),
    ' |',
    show(kinds.falseOffers, 12),
    show(kinds.barriersAsNone, 8),
    ' |',
    show(mates.amongThree, 9),
    show(mates.amongFive, 5),
    show(mates.asAsked, 6),
    show(mates.kindsNamed, 6),
    show(mates.sameLanguage, 6),
    show(mates.acrossLanguages, 7),
    show(mates.baselines.random, 7),
  ];
  return `${name.padEnd(34)}${cells.join(' ')}`;
}

/** The quote rules as lines for a terminal. */
export function describeQuotes(halves: ReturnType<typeof evaluateQuoteHalves>): string {
  return halves
    .map(({ half, quotes, standing, misleading, kept, quoted, baselines }) =>
      [
        `quotes, ${half === 'held' ? 'held back' : 'tuned on'} (${quotes})`,
        `  let through and stands alone   ${show(standing)}   without rules ${show(baselines.noRules)}, by length ${show(baselines.wholeSentenceOfGoodLength)}`,
        `  let through and misleads       ${misleading}`,
        `  stands alone and let through   ${show(kept)}`,
        `  posts with anything to quote   ${show(quoted)}`,
      ].join('\n'),
    )
    .join('\n');
}

function show(value: number | null, width = 0): string {
  return (value === null ? '–' : value.toFixed(2)).padStart(width);
}
