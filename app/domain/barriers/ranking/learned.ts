import { LEARNED_KINDS, type LexiconLanguage } from '~/domain/barriers/lexicon';
import { conceptsIn } from '~/domain/barriers/similarity';
import { ownWords } from '~/domain/barriers/strip-quotes';
import { sentencesOf } from '~/domain/barriers/tokens';
import type { BarrierKind } from '~/domain/community/vocabularies';
import learned from '~db/seed/lexicon/learned.json';
import { fieldScores, STEM } from './fields';

/*
 * Evidence for kinds of barrier in addition to the lexicon's phrases: naive Bayes, learned from the
 * labelled texts of the tuning halves (tools/evaluation/learn.ts), over word stems, pairs of
 * Chinese characters, and the concepts of db/seed/lexicon/concepts.json, which are the same in
 * every language; and the words of db/seed/lexicon/fields.json.
 */

/** Returns the distinct features of a text. */
export function featuresOf(text: string): Set<string> {
  const sentences = sentencesOf(ownWords(text));
  const words = sentences.flatMap((sentence) => sentence.map(({ forms }) => forms[0] ?? ''));
  const features = new Set<string>();
  for (const [at, word] of words.entries()) {
    features.add(word.slice(0, STEM));
    if (/\p{Script=Han}/u.test(word) && words[at + 1]) features.add(word + words[at + 1]);
  }
  for (const concept of conceptsIn(sentences)) features.add(`#${concept}`);
  return features;
}

/**
 * The logarithm of how much likelier a feature is in texts of a kind, in tenths: `LEARNED_KINDS`
 * in their order, then texts that report no barrier.
 */
export type LearnedWords = Record<string, number[]>;

/** Weight of a word of a kind's field; chosen on the tuning halves, where 3 to 9 were as good. */
const FIELD = 4;

/**
 * Scores are divided by the square root of the number of features, at least this number, because a
 * longer text is not more certain.
 */
const FEWEST = 4;

/** How much the words of a text speak for each kind, from below 0. */
export function wordScores(
  features: ReadonlySet<string>,
  language: LexiconLanguage,
): Map<BarrierKind, number> {
  const fields = fieldScores(features, language);
  const size = Math.sqrt(Math.max(FEWEST, features.size));
  return new Map(
    LEARNED_KINDS.map((kind, at) => [
      kind,
      learnedScore(features, at) + (FIELD * (fields.get(kind) ?? 0)) / size,
    ]),
  );
}

/** How much the words of a text speak for reporting no barrier, from below 0. */
export function nothingInWords(
  features: ReadonlySet<string>,
  weights: LearnedWords = learned,
): number {
  return learnedScore(features, LEARNED_KINDS.length, weights);
}

function learnedScore(
  features: ReadonlySet<string>,
  at: number,
  weights: LearnedWords = learned,
): number {
  let sum = 0;
  for (const feature of features) sum += weights[feature]?.[at] ?? 0;
  return sum / 10 / Math.sqrt(Math.max(FEWEST, features.size));
}
