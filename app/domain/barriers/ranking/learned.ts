import { conceptsIn } from '~/domain/barriers/similarity';
import { ownWords } from '~/domain/barriers/strip-quotes';
import { sentencesOf } from '~/domain/barriers/tokens';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import learned from '~db/seed/lexicon/learned.json';

/*
 * What words say of a kind of barrier beyond the phrases of the lexicon, learned from the labelled
 * texts that may be tuned on (tools/evaluation/learn.ts): naive Bayes over the beginnings of words,
 * pairs of Chinese characters, and the concrete things of db/seed/lexicon/concepts.json, which are the
 * same in every language.
 */

/** A word stands for its whole family by so many letters. */
const STEM = 5;

/** What is counted in a text, each once. */
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

/** The logarithm of how much likelier a feature is in texts of a kind, in tenths, kinds in their order. */
const weights = learned as Record<string, number[]>;

/** Long texts have more words, not more certainty. */
const FEWEST = 4;

/** How much the words of a text speak for each kind, from below 0. */
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
