import concepts from '~db/seed/lexicon/concepts.json';
import things from '~db/seed/lexicon/things.json';
import { PhraseIndex } from './phrases';
import { ownWords } from './strip-quotes';
import { sentencesOf, type Token } from './tokens';

/** The features by which texts are compared. Computed once per text; comparing is fast. */
export interface Profile {
  /** Counts of character n-grams (3 to 5 characters) within words. */
  grams: ReadonlyMap<string, number>;
  /** Concrete things that the text names, independent of its language. */
  concepts: ReadonlySet<string>;
  /** How likely each kind of barrier is, by slug; together 1. */
  kinds: ReadonlyMap<string, number>;
}

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
/** Number of words read: enough for the subject of a contribution, and a limit on the work. */
const MOST_WORDS = 600;

const index = indexOf(concepts, things);

function indexOf(...files: Record<string, string[]>[]): PhraseIndex<string> {
  const index = new PhraseIndex<string>();
  for (const [concept, phrases] of files.flatMap((file) => Object.entries(file))) {
    for (const phrase of phrases) index.add(phrase, concept);
  }
  return index;
}

/** Computes the features of a contribution's Markdown; `kinds` as in `Profile`. */
export function profileOf(text: string, kinds: Profile['kinds']): Profile {
  const sentences = sentencesOf(ownWords(text));
  const words = sentences.flatMap((sentence) => sentence.map(({ forms }) => forms[0] ?? ''));
  return { grams: gramsOf(words.slice(0, MOST_WORDS)), concepts: conceptsIn(sentences), kinds };
}

/** Returns the concrete things that the sentences name, independent of their language. */
export function conceptsIn(sentences: readonly Token[][]): Set<string> {
  const named = sentences.flatMap((sentence) => index.find(sentence));
  return new Set(named.map(({ phrase }) => phrase.meaning));
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

/** Similarity of two texts for being of the same kind, and the share of the rest that other kinds keep. */
const SAME_KIND = 0.3;
const OTHER_KIND = 0.3;
/** Prevents texts that name only one thing from being similar for that reason alone. */
const SHRINKAGE = 0.28;

/** Weights by n-gram or by thing, and the sum of their squares. */
interface Vector {
  weights: ReadonlyMap<string, number>;
  squares: number;
}

/** Compares two of some texts, by their index. */
export interface Comparison {
  /** From 0 to about 2: `likeness`, less if their kinds differ, and a little for kinds alone. */
  similarity(a: number, b: number): number;
  /**
   * From 0 to about 2: the cosine of the things that they name, weighted by rarity among the texts,
   * plus the TF-IDF cosine of their n-grams.
   */
  likeness(a: number, b: number): number;
}

/**
 * Prepares the comparison of texts. Kinds count by themselves too, because reports of one barrier in
 * two languages may share no word and no thing.
 */
export function comparing(profiles: readonly Profile[]): Comparison {
  const grams = vectors(
    profiles.map((one) => one.grams),
    (times) => 1 + Math.log(times),
  );
  const things = vectors(
    profiles.map((one) => new Map([...one.concepts].map((concept) => [concept, 1]))),
    () => 1,
  );
  const likeness = (a: number, b: number) => {
    const [gramsA, gramsB, thingsA, thingsB] = [grams[a], grams[b], things[a], things[b]];
    if (!gramsA || !gramsB || !thingsA || !thingsB) return 0;
    return cosine(thingsA, thingsB, SHRINKAGE) + cosine(gramsA, gramsB, 0);
  };
  const similarity = (a: number, b: number) => {
    const [one, other] = [profiles[a], profiles[b]];
    if (!one || !other) return 0;
    const alike = overlap(one.kinds, other.kinds);
    return SAME_KIND * alike + (OTHER_KIND + (1 - OTHER_KIND) * alike) * likeness(a, b);
  };
  return { similarity, likeness };
}

/** How much two distributions have in common (Bhattacharyya coefficient), from 0 to 1. */
function overlap(a: Profile['kinds'], b: Profile['kinds']): number {
  let sum = 0;
  for (const [kind, share] of a) sum += Math.sqrt(share * (b.get(kind) ?? 0));
  return sum;
}

/** TF-IDF: frequency in the text, weighted by rarity among the texts. */
function vectors(
  texts: readonly ReadonlyMap<string, number>[],
  weigh: (times: number) => number,
): Vector[] {
  const textsWith = new Map<string, number>();
  for (const text of texts) {
    for (const key of text.keys()) textsWith.set(key, (textsWith.get(key) ?? 0) + 1);
  }
  // Between 0 and about 1 for any number of texts, so that one threshold fits all.
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
