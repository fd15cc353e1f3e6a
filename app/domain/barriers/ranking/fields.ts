import { LEARNED_KINDS, type LexiconLanguage } from '~/domain/barriers/lexicon';
import { normalize } from '~/domain/barriers/tokens';
import type { BarrierKind } from '~/domain/community/vocabularies';
import fields from '~db/seed/lexicon/fields.json';

/*
 * Words that people use when they tell of a barrier without naming it: "candle", "generator" and
 * "climb" for connectivity. Each is weak evidence; together they tell the subject of a story that
 * no phrase of the lexicon matches.
 */

/** Length of the beginning of a word that is compared, in letters. */
export const STEM = 5;

const FIELDS: Record<LexiconLanguage, Record<BarrierKind, string>> = fields;

const indexes = new Map<LexiconLanguage, Map<string, BarrierKind[]>>();

/** Returns the kinds of each word beginning of a language; indexed on first use. */
function fieldsOf(language: LexiconLanguage): Map<string, BarrierKind[]> {
  const known = indexes.get(language);
  if (known) return known;
  const index = new Map<string, BarrierKind[]>();
  for (const kind of LEARNED_KINDS) {
    for (const word of (FIELDS[language][kind] ?? '').split(/[\s'’-]+/)) {
      const stem = normalize(word).slice(0, STEM);
      const kinds = index.get(stem) ?? [];
      if (!kinds.includes(kind)) index.set(stem, [...kinds, kind]);
    }
  }
  indexes.set(language, index);
  return index;
}

/**
 * How many of a text's features (`featuresOf`) belong to each kind; one that belongs to several is
 * shared among them.
 */
export function fieldScores(
  features: Iterable<string>,
  language: LexiconLanguage,
): Map<BarrierKind, number> {
  const index = fieldsOf(language);
  const scores = new Map<BarrierKind, number>();
  for (const feature of features) {
    const kinds = index.get(feature) ?? [];
    for (const kind of kinds) scores.set(kind, (scores.get(kind) ?? 0) + 1 / kinds.length);
  }
  return scores;
}
