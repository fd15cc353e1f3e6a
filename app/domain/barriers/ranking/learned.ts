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

/**
 * The logarithm of how much likelier a feature is in texts of a kind, in tenths: the kinds in their
 * order, then texts that report no barrier.
 */
const weights = learned as Record<string, number[]>;

/**
 * Scores are divided by the square root of the number of features, at least this number, because a
 * longer text is not more certain.
 */
const FEWEST = 4;

/** How much the words of a text speak for each kind, and for reporting no barrier, from below 0. */
export function learnedScores(text: string): {
  kinds: Map<BarrierKind, number>;
  nothing: number;
} {
  const features = featuresOf(text);
  const size = Math.sqrt(Math.max(FEWEST, features.size));
  const scoreAt = (at: number) => {
    let sum = 0;
    for (const feature of features) sum += weights[feature]?.[at] ?? 0;
    return sum / 10 / size;
  };
  return {
    kinds: new Map(BARRIER_KINDS.map((kind, at) => [kind, scoreAt(at)])),
    nothing: scoreAt(BARRIER_KINDS.length),
  };
}
