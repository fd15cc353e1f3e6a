/** True positives, false positives, false negatives. */
export interface Tally {
  hits: number;
  false: number;
  missed: number;
}

export interface Measures extends Tally {
  precision: number | null;
  recall: number | null;
  f1: number | null;
}

export interface Prediction<Label> {
  predicted: readonly Label[];
  expected: readonly Label[];
}

/** Returns precision, recall and F1; null if there is nothing to measure. */
export function measures(tally: Tally): Measures {
  const { hits, false: wrong, missed } = tally;
  const ratio = (of: number) => (of === 0 ? null : round(hits / of));
  return {
    ...tally,
    precision: ratio(hits + wrong),
    recall: ratio(hits + missed),
    f1: hits + wrong + missed === 0 ? null : round((2 * hits) / (2 * hits + wrong + missed)),
  };
}

export function tallyOf<Label>(predictions: readonly Prediction<Label>[], label: Label): Tally {
  const tally = { hits: 0, false: 0, missed: 0 };
  for (const { predicted, expected } of predictions) {
    const said = predicted.includes(label);
    const meant = expected.includes(label);
    if (said && meant) tally.hits++;
    else if (said) tally.false++;
    else if (meant) tally.missed++;
  }
  return tally;
}

/**
 * Returns measures by label, their mean F1 (macro; without labels that never occur), and F1 over
 * all.
 */
export function measureLabels<Label extends string>(
  predictions: readonly Prediction<Label>[],
  labels: readonly Label[],
) {
  const tallies = labels.map((label) => [label, tallyOf(predictions, label)] as const);
  const expected = tallies.filter(([, { hits, missed }]) => hits + missed > 0);
  const each = tallies.map(([label, tally]) => [label, measures(tally)] as const);
  const total = { hits: 0, false: 0, missed: 0 };
  for (const [, tally] of tallies) {
    total.hits += tally.hits;
    total.false += tally.false;
    total.missed += tally.missed;
  }
  return {
    macroF1: mean(expected.map(([, tally]) => measures(tally).f1 ?? 0)),
    overall: measures(total),
    byLabel: Object.fromEntries(each) as Record<Label, Measures>,
  };
}

/** Returns the share of true values; null for an empty list. */
export function accuracy(right: readonly boolean[]): number | null {
  return right.length === 0 ? null : round(right.filter(Boolean).length / right.length);
}

export function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : round(numbers.reduce((a, b) => a + b, 0) / numbers.length);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
