import type { BarrierKind } from '~/domain/community/vocabularies';
import concepts from '~db/seed/lexicon/concepts.json';
import { type Phrase, PhraseIndex } from './phrases';
import { ownWords } from './strip-quotes';
import { suggestBarriers } from './suggest';
import { sentencesOf } from './tokens';

/** What two texts are compared by. Made once a text; comparing is cheap. */
export interface Profile {
  /** Counts of runs of 3 to 5 characters within words. */
  grams: ReadonlyMap<string, number>;
  /** The concrete things it names, whatever its language. */
  concepts: ReadonlySet<string>;
  kinds: readonly BarrierKind[];
}

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
/** Enough for what a contribution is about, and a bound on the work for a long one. */
const MOST_WORDS = 600;

const things = new PhraseIndex<string>();
for (const [concept, phrases] of Object.entries(concepts as Record<string, string[]>)) {
  for (const phrase of phrases) things.add(phrase, concept);
}

/** Reads a contribution's Markdown for comparison. `kinds` where they are known; else suggested. */
export function profileOf(text: string, language: string, kinds?: readonly BarrierKind[]): Profile {
  const sentences = sentencesOf(ownWords(text));
  const memo = new Map<string, Phrase<string>[]>();
  const named = sentences.flatMap((sentence) => things.find(sentence, memo));
  const words = sentences.flatMap((sentence) => sentence.map(({ forms }) => forms[0] ?? ''));
  return {
    grams: gramsOf(words.slice(0, MOST_WORDS)),
    concepts: new Set(named.map(({ phrase }) => phrase.meaning)),
    kinds: kinds?.length ? kinds : suggestBarriers(text, language).kinds.map(({ kind }) => kind),
  };
}

function gramsOf(words: string[]): Map<string, number> {
  const grams = new Map<string, number>();
  for (const word of words) {
    const padded = ` ${word} `;
    for (let size = SHORTEST_GRAM; size <= LONGEST_GRAM; size++) {
      for (let at = 0; at + size <= padded.length; at++) {
        const gram = padded.slice(at, at + size);
        grams.set(gram, (grams.get(gram) ?? 0) + 1);
      }
    }
  }
  return grams;
}

/** How much less two texts are alike that share no kind of barrier. */
const OTHER_KIND = 0.3;
/** Keeps texts that name a single thing from being alike by that alone. */
const SHRINKAGE = 0.28;

/** Weights by run of characters or by thing, and the sum of their squares. */
interface Vector {
  weights: ReadonlyMap<string, number>;
  squares: number;
}

/**
 * Makes ready to compare some texts with each other, given by their place in the list: how alike
 * two of them are, from 0 to below 2. It is the cosine of the things they name, weighed by rarity
 * among the texts, plus the TF-IDF cosine of their character runs; less where they share no kind.
 */
export function comparing(profiles: readonly Profile[]): (a: number, b: number) => number {
  const grams = vectors(
    profiles.map((one) => one.grams),
    (times) => 1 + Math.log(times),
  );
  const things = vectors(
    profiles.map((one) => new Map([...one.concepts].map((concept) => [concept, 1]))),
    () => 1,
  );
  return (a, b) => {
    const [one, other] = [profiles[a], profiles[b]];
    const [gramsA, gramsB, thingsA, thingsB] = [grams[a], grams[b], things[a], things[b]];
    if (!one || !other || !gramsA || !gramsB || !thingsA || !thingsB) return 0;
    const factor = one.kinds.some((kind) => other.kinds.includes(kind)) ? 1 : OTHER_KIND;
    return factor * (cosine(thingsA, thingsB, SHRINKAGE) + cosine(gramsA, gramsB, 0));
  };
}

/** TF-IDF: how often something is in a text, by how rare it is among the texts. */
function vectors(
  texts: readonly ReadonlyMap<string, number>[],
  weigh: (times: number) => number,
): Vector[] {
  const textsWith = new Map<string, number>();
  for (const text of texts) {
    for (const key of text.keys()) textsWith.set(key, (textsWith.get(key) ?? 0) + 1);
  }
  // Between 0 and about 1 however many texts there are, so that one threshold serves them all.
  const idf = (count: number) =>
    Math.max(0, Math.log((texts.length + 1) / (count + 0.5)) / Math.log(texts.length + 2));
  return texts.map((text) => {
    const weights = new Map<string, number>();
    let squares = 0;
    for (const [key, times] of text) {
      const weight = weigh(times) * idf(textsWith.get(key) ?? 0);
      weights.set(key, weight);
      squares += weight * weight;
    }
    return { weights, squares };
  });
}

function cosine(a: Vector, b: Vector, shrinkage: number): number {
  const [few, many] = a.weights.size < b.weights.size ? [a, b] : [b, a];
  let dot = 0;
  for (const [key, weight] of few.weights) dot += weight * (many.weights.get(key) ?? 0);
  const norm = Math.sqrt(a.squares * b.squares) + shrinkage;
  return norm === 0 ? 0 : dot / norm;
}
