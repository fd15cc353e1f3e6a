import concepts from '../../db/seed/lexicon/concepts.json';
import type { BarrierKind } from '../vocabularies/vocabularies';
import { ownWords } from './own-words';
import { type Phrase, PhraseIndex } from './phrases';
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

/** How rare each run and each thing is among the texts that are compared. */
export interface Rarity {
  grams: ReadonlyMap<string, number>;
  concepts: ReadonlyMap<string, number>;
  texts: number;
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

/** Counts in how many of the texts each run of characters and each thing occurs. */
export function rarityAmong(profiles: readonly Profile[]): Rarity {
  const grams = new Map<string, number>();
  const named = new Map<string, number>();
  for (const profile of profiles) {
    for (const gram of profile.grams.keys()) grams.set(gram, (grams.get(gram) ?? 0) + 1);
    for (const concept of profile.concepts) named.set(concept, (named.get(concept) ?? 0) + 1);
  }
  return { grams, concepts: named, texts: profiles.length };
}

/** How much less two texts are alike that share no kind of barrier. */
const OTHER_KIND = 0.3;
/** Keeps texts that name a single thing from being alike by that alone. */
const SHRINKAGE = 0.28;

/**
 * How alike two contributions are, from 0 to below 2: the cosine of the things they name, weighed
 * by rarity, plus the TF-IDF cosine of their character runs; less where they share no kind.
 */
export function similarity(a: Profile, b: Profile, rarity: Rarity): number {
  const factor = a.kinds.some((kind) => b.kinds.includes(kind)) ? 1 : OTHER_KIND;
  // Between 0 and about 1 however many texts there are, so that one threshold serves them all.
  const idf = (count = 0) =>
    Math.max(0, Math.log((rarity.texts + 1) / (count + 0.5)) / Math.log(rarity.texts + 2));
  const things = cosine(
    new Map([...a.concepts].map((one) => [one, idf(rarity.concepts.get(one))])),
    new Map([...b.concepts].map((one) => [one, idf(rarity.concepts.get(one))])),
    SHRINKAGE,
  );
  const weigh = (grams: ReadonlyMap<string, number>) =>
    new Map([...grams].map(([gram, n]) => [gram, (1 + Math.log(n)) * idf(rarity.grams.get(gram))]));
  return factor * (things + cosine(weigh(a.grams), weigh(b.grams)));
}

function cosine(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  shrinkage = 0,
): number {
  let dot = 0;
  for (const [key, weight] of a) dot += weight * (b.get(key) ?? 0);
  const norm = Math.sqrt(squares(a) * squares(b)) + shrinkage;
  return norm === 0 ? 0 : dot / norm;
}

function squares(vector: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const weight of vector.values()) sum += weight * weight;
  return sum;
}
