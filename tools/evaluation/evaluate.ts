import { join } from 'node:path';
import { isTunedOn, type Labelled, readCorpus, readLabelled } from './corpus';
import { evaluateKinds } from './kinds';
import type { Measures } from './measures';
import { evaluateRegions } from './regions';
import { storySets } from './stories';

/** The measurements on a set of contributions. Add further subjects here. */
export interface Evaluation {
  name: string;
  note: string;
  kinds: ReturnType<typeof evaluateKinds>;
  regions: ReturnType<typeof evaluateRegions>;
}

/**
 * Measures the rules on a corpus: on the half used for tuning, on the other half, and on the whole.
 *
 * @param folder contains `conversation.jsonl` and `gold.jsonl`
 * @param sets contains more labelled texts: `held-out.jsonl` and `stories/`
 */
export function evaluate(folder: string, sets?: string): Evaluation[] {
  const corpus = readCorpus(folder);
  const inTuned = ({ id }: Labelled) => isTunedOn(id);
  const tuned = corpus.filter(inTuned);
  const measure = (name: string, note: string, items: Labelled[]): Evaluation => ({
    name,
    note,
    kinds: evaluateKinds(items, tuned),
    regions: evaluateRegions(items),
  });
  const ownSet = (items: Labelled[]) => [
    measure(
      'own, half not tuned on',
      'kinds unread',
      items.filter((item) => !inTuned(item)),
    ),
    measure(
      'own, whole',
      'written before the lexicon, by the same hand; half its misses read',
      items,
    ),
  ];
  return [
    measure(
      'corpus, half not tuned on',
      'its misses were not read',
      corpus.filter((item) => !inTuned(item)),
    ),
    measure(
      'corpus, tuned half',
      'its misses were read and the lexicon widened; weights and thresholds chosen on it',
      tuned,
    ),
    measure('corpus, whole', 'both halves', corpus),
    ...(sets ? ownSet(readLabelled(join(sets, 'held-out.jsonl'))) : []),
    ...(sets ? storySets(join(sets, 'stories')) : []).map(({ name, note, items }) =>
      measure(name, note, items),
    ),
  ];
}

/** Returns the evaluation as a table for a terminal. */
export function describe(evaluations: readonly Evaluation[]): string {
  return evaluations.map(describeOne).join('\n\n');
}

function describeOne({ name, note, kinds, regions }: Evaluation): string {
  const { baselines } = kinds;
  return [
    `${name} (${kinds.contributions} contributions; ${note})`,
    `  kinds, macro F1        ${show(kinds.kinds.macroF1)}   most common kind ${show(baselines.mostCommonKind)}, plain keywords ${show(baselines.plainKeywords)}`,
    `  pillars, macro F1      ${show(kinds.pillars.macroF1)}`,
    `  raises a barrier       ${show(kinds.raises)}   always ${show(baselines.alwaysRaises)}`,
    `  region of the barrier  ${show(regions.accuracy)}   author's region ${show(regions.baselines.authorsRegion)}`,
    '  by kind                precision recall    F1   (hits/false/missed)',
    ...Object.entries(kinds.kinds.byLabel).map(
      ([kind, one]) => `    ${kind.padEnd(20)} ${row(one)}`,
    ),
    '  by language            F1 over all kinds',
    ...Object.entries(kinds.byLanguage).map(
      ([language, one]) =>
        `    ${language.padEnd(20)} ${show(one.f1)}   (${one.contributions} contributions)`,
    ),
  ].join('\n');
}

function row({ precision, recall, f1, hits, false: wrong, missed }: Measures): string {
  return `${show(precision).padStart(9)} ${show(recall).padStart(6)} ${show(f1).padStart(5)}   (${hits}/${wrong}/${missed})`;
}

function show(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}
