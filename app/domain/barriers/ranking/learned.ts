import { conceptsIn } from '~/domain/barriers/similarity';
import { ownWords } from '~/domain/barriers/strip-quotes';
import { sentencesOf } from '~/domain/barriers/tokens';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import learned from '~db/seed/lexicon/learned.json';

/*
 * Evidence for kinds of barrier in addition to the lexicon's phrases, learned from the labelled
 * texts of the tuning halves (tools/evaluation/learn.ts): naive Bayes over word stems, pairs of
 * Chinese characters, and the concepts of db/seed/lexicon/concepts.json, which are the same in
 * every language.
 */

/** Length of the word stems, in letters. */
const STEM = 5;

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

/** The log-likelihood ratio of a feature for each kind, in tenths; in the order of the kinds. */
const weights = learned as Record<string, number[]>;

/**
 * Scores are divided by the square root of the number of features, at least this number, because a
 * longer text is not more certain.
 */
const FEWEST = 4;

/** Returns a score for each kind from the words of a text; may be negative. */
export function learnedScores(text: string): Map<BarrierKind, number> {
  const features = featuresOf(text);
  const size = Math.sqrt(Math.max(FEWEST, features.size));
  return new Map(
    BARRIER_KINDS.map((kind, at) => {
      let sum = 0;
      for (const feature of features) sum += weights[feature]?.[at] ?? 0;
      return [kind, sum / 10 / size];
    }),
  );
}
