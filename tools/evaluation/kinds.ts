import { LEARNED_KINDS } from '~/domain/barriers/lexicon';
import { suggestBarriers } from '~/domain/barriers/suggest';
import { defaultCommunity } from '~/domain/community/seed-community';
import type { BarrierKind } from '~/domain/community/vocabularies';
import learned from '~db/seed/lexicon/kinds.json';
import type { Labelled } from './corpus';
import { accuracy, measureLabels, type Prediction } from './measures';

/**
 * Measures the suggestions of kinds and pillars, and of whether a contribution reports a barrier.
 */
export function evaluateKinds(items: readonly Labelled[], tuned: readonly Labelled[]) {
  const read = items.map((item) => ({ item, read: suggestBarriers(item.body, item.language) }));
  const kinds = read.map(({ item, read }) => ({
    predicted: read.kinds.map(({ kind }) => kind),
    expected: item.gold.kinds,
  }));
  const languages = [...new Set(items.map(({ language }) => language))].sort();
  return {
    contributions: items.length,
    kinds: measureLabels(kinds, LEARNED_KINDS),
    byLanguage: Object.fromEntries(
      languages.map((language) => {
        const some = kinds.filter((_, at) => items[at]?.language === language);
        const { overall, macroF1 } = measureLabels(some, LEARNED_KINDS);
        return [language, { contributions: some.length, macroF1, f1: overall.f1 }];
      }),
    ),
    pillars: measureLabels(
      read.map(({ item, read }) => ({
        predicted: read.pillars.map(({ pillar }) => pillar),
        expected: item.gold.pillars,
      })),
      learned.pillars,
    ),
    raises: accuracy(read.map(({ item, read }) => read.raises === item.gold.raises)),
    baselines: {
      mostCommonKind: measureLabels(predictions(items, mostCommonKind(tuned)), LEARNED_KINDS)
        .macroF1,
      plainKeywords: measureLabels(predictions(items, plainKeywords), LEARNED_KINDS).macroF1,
      alwaysRaises: accuracy(items.map(({ gold }) => gold.raises)),
    },
  };
}

function predictions(
  items: readonly Labelled[],
  predict: (item: Labelled) => readonly BarrierKind[],
): Prediction<BarrierKind>[] {
  return items.map((item) => ({ predicted: predict(item), expected: item.gold.kinds }));
}

/** First baseline: every contribution has the most common kind of the tuning half. */
function mostCommonKind(tuned: readonly Labelled[]): () => BarrierKind[] {
  const count = (kind: BarrierKind) => tuned.filter(({ gold }) => gold.kinds.includes(kind)).length;
  const [most = 'cost'] = LEARNED_KINDS.toSorted((a, b) => count(b) - count(a));
  return () => [most];
}

/**
 * Second baseline: a kind is suggested if a word of five or more letters from its name or
 * description (in English, French or Arabic) occurs in the text.
 */
function plainKeywords({ body }: Labelled): BarrierKind[] {
  const text = body.toLowerCase();
  const community = defaultCommunity();
  return LEARNED_KINDS.filter((kind) =>
    [...(community.find('barrier', kind)?.texts.values() ?? [])].some(({ name, description }) =>
      `${name} ${description}`
        .toLowerCase()
        .split(/[^\p{L}]+/u)
        .some((word) => word.length >= 5 && text.includes(word)),
    ),
  );
}
