import { featuresOf } from '~/domain/barriers/ranking/learned';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
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
export function learn(items: readonly Labelled[]): Record<string, number[]> {
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
    const weights = BARRIER_KINDS.map((kind) => {
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
