import { LEARNED_KINDS } from '~/domain/barriers/lexicon';
import { featuresOf, type LearnedWords, nothingInWords } from '~/domain/barriers/ranking/learned';
import { nothingFeatures } from '~/domain/barriers/ranking/reports-nothing';
import { signsOf } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Labelled } from './corpus';

/** Minimum number of texts with a feature; one text is no evidence. */
const FEWEST_TEXTS = 2;
/** Added to each count (additive smoothing), so that no probability is zero. */
const SMOOTHING = 0.3;
/** Weight of a text's kinds after the first. */
const SECOND = 0.5;

/**
 * Learns db/seed/lexicon/learned.json from labelled texts: for each feature and kind the
 * log-likelihood ratio of the feature in texts of that kind to other texts, in tenths.
 */
export function learn(items: readonly Labelled[]): LearnedWords {
  const texts = new Map<string, number>();
  const counts = new Map<string, Map<BarrierKind, number>>();
  const ofKind = new Map<BarrierKind, number>();
  let all = 0;
  const silent = new Map<string, number>();
  let allSilent = 0;
  for (const { body, gold } of items) {
    const features = featuresOf(body);
    if (!gold.raises) {
      allSilent += 1;
      for (const feature of features) silent.set(feature, (silent.get(feature) ?? 0) + 1);
    }
    for (const feature of features) texts.set(feature, (texts.get(feature) ?? 0) + 1);
    for (const [at, kind] of gold.kinds.entries()) {
      const weight = at === 0 ? 1 : SECOND;
      ofKind.set(kind, (ofKind.get(kind) ?? 0) + weight);
      all += weight;
      for (const feature of features) {
        const known = counts.get(feature) ?? new Map<BarrierKind, number>();
        counts.set(feature, known.set(kind, (known.get(kind) ?? 0) + weight));
      }
    }
  }
  const learned: [string, number[]][] = [];
  for (const feature of [...texts.keys()].sort()) {
    if ((texts.get(feature) ?? 0) < FEWEST_TEXTS) continue;
    const of = counts.get(feature) ?? new Map<BarrierKind, number>();
    const total = [...of.values()].reduce((sum, count) => sum + count, 0);
    const weights = LEARNED_KINDS.map((kind) => {
      const here = of.get(kind) ?? 0;
      const ofThis = ofKind.get(kind) ?? 0;
      return tenths(here, ofThis, total - here, all - ofThis);
    });
    const nothing = silent.get(feature) ?? 0;
    const reporting = (texts.get(feature) ?? 0) - nothing;
    weights.push(tenths(nothing, allSilent, reporting, items.length - allSilent));
    learned.push([feature, weights]);
  }
  return Object.fromEntries(learned);
}

/** The logarithm of how much likelier something is in some texts than in the others, in tenths. */
function tenths(here: number, texts: number, elsewhere: number, others: number): number {
  const share = (here + SMOOTHING) / (texts + 2 * SMOOTHING);
  const besides = (elsewhere + SMOOTHING) / (others + 2 * SMOOTHING);
  // JSON has no minus zero.
  return Math.round(10 * Math.log(share / besides)) + 0;
}

/** Texts whose words are weighed by what the others give. */
const FOLDS = 5;
/** Penalty for large weights (ridge). */
const PENALTY = 1;
const MOST_STEPS = 30;

/**
 * Learns db/seed/lexicon/reports-nothing.json: how much each feature (`nothingFeatures`) weighs for
 * a text that reports no barrier, by logistic regression. The words of a text are weighed by what
 * the other texts give, so that they do not seem surer than they are.
 */
export function learnNothing(items: readonly Labelled[]): Record<string, number> {
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    learn(items.filter((_, at) => at % FOLDS !== fold)),
  );
  const rows = items.map(({ body, language, gold }, at) => ({
    y: gold.raises ? 0 : 1,
    features: {
      ...nothingFeatures(body, signsOf(body, language)),
      words: nothingInWords(featuresOf(body), folds[at % FOLDS]),
      base: 1,
    } as Record<string, number>,
  }));
  const names = [...new Set(rows.flatMap(({ features }) => Object.keys(features)))].sort();
  const data = rows.map(({ y, features }) => ({ y, x: names.map((name) => features[name] ?? 0) }));
  const weights = logistic(
    data,
    names.map((name) => (name === 'base' ? 0 : PENALTY)),
  );
  return Object.fromEntries(
    names.map((name, at) => [name, Math.round(100 * (weights[at] ?? 0)) / 100 + 0]),
  );
}

/** Fits a logistic regression by Newton's method. */
function logistic(
  rows: readonly { y: number; x: readonly number[] }[],
  penalties: readonly number[],
): number[] {
  let weights = penalties.map(() => 0);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const slope = weights.map((weight, at) => (penalties[at] ?? 0) * weight);
    const curve = penalties.map((penalty, at) =>
      penalties.map((_, other) => (at === other ? penalty : 0)),
    );
    for (const { y, x } of rows) {
      const sum = x.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0);
      const p = 1 / (1 + Math.exp(-sum));
      for (const [at, value] of x.entries()) {
        if (value === 0) continue;
        slope[at] = (slope[at] ?? 0) + (p - y) * value;
        const line = curve[at] ?? [];
        for (const [other, more] of x.entries()) {
          line[other] = (line[other] ?? 0) + p * (1 - p) * value * more;
        }
      }
    }
    const change = solve(curve, slope);
    weights = weights.map((weight, at) => weight - (change[at] ?? 0));
    if (Math.max(...change.map(Math.abs)) < 1e-6) break;
  }
  return weights;
}

/** Solves a system of linear equations whose matrix is positive definite, by elimination. */
function solve(matrix: readonly (readonly number[])[], values: readonly number[]): number[] {
  const rows = matrix.map((line, at) => [...line, values[at] ?? 0]);
  for (const [at, pivot] of rows.entries()) {
    for (const row of rows.slice(at + 1)) {
      const factor = (row[at] ?? 0) / (pivot[at] ?? 1);
      for (let to = at; to < row.length; to += 1)
        row[to] = (row[to] ?? 0) - factor * (pivot[to] ?? 0);
    }
  }
  const solution = values.map(() => 0);
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at] ?? [];
    let rest = row.at(-1) ?? 0;
    for (let to = at + 1; to < solution.length; to += 1)
      rest -= (row[to] ?? 0) * (solution[to] ?? 0);
    solution[at] = rest / (row[at] ?? 1);
  }
  return solution;
}
