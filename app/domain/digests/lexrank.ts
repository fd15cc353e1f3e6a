/*
 * Centrality of sentences: LexRank (Erkan and Radev, "LexRank: Graph-based Lexical Centrality as
 * Salience in Text Summarization", JAIR 22, 2004) in its continuous form. The similarity of two
 * sentences is the cosine of their TF-IDF vectors, and a sentence is central if it is similar to
 * central ones.
 */

/** A sentence as terms with TF-IDF weights. */
export type Vector = ReadonlyMap<string, number>;

/** The share of rank that every sentence gets regardless of its content; 0.15 in the paper. */
const DAMPING = 0.15;
/** Enough for the ranks of a few hundred sentences to converge, and a limit on the work. */
const MOST_ROUNDS = 40;
const SETTLED = 1e-6;
/** Sentences with a lower similarity are not linked: the paper's threshold. */
const LINKED_FROM = 0.1;

/**
 * Returns the rank of each sentence from 0 to 1; the most central has 1. All are 1 if no two are
 * similar. Time and memory grow with the square of their number, so callers must limit it.
 */
export function lexRank(vectors: readonly Vector[]): number[] {
  const size = vectors.length;
  const links = linksBetween(vectors);
  let ranks = new Float64Array(size).fill(1);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = new Float64Array(size).fill(DAMPING);
    for (let from = 0; from < size; from += 1) {
      const share = (1 - DAMPING) * (ranks[from] ?? 0);
      for (let to = 0; to < size; to += 1) {
        next[to] = (next[to] ?? 0) + share * (links[from * size + to] ?? 0);
      }
    }
    let moved = 0;
    for (let at = 0; at < size; at += 1) moved += Math.abs((next[at] ?? 0) - (ranks[at] ?? 0));
    ranks = next;
    if (moved < SETTLED * size) break;
  }
  const highest = Math.max(...ranks);
  return [...ranks].map((rank) => rank / highest);
}

/** Returns by row the share of its rank that each sentence passes on; without links it keeps it. */
function linksBetween(vectors: readonly Vector[]): Float64Array {
  const size = vectors.length;
  const lengths = vectors.map((vector) =>
    Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight * weight, 0)),
  );
  const holders = new Map<string, { at: number; weight: number }[]>();
  for (const [at, vector] of vectors.entries()) {
    for (const [term, weight] of vector) {
      const known = holders.get(term);
      if (known) known.push({ at, weight });
      else holders.set(term, [{ at, weight }]);
    }
  }
  const links = new Float64Array(size * size);
  for (const [from, vector] of vectors.entries()) {
    const row = links.subarray(from * size, (from + 1) * size);
    for (const [term, weight] of vector) {
      for (const { at, weight: other } of holders.get(term) ?? []) {
        row[at] = (row[at] ?? 0) + weight * other;
      }
    }
    let sum = 0;
    for (let to = 0; to < size; to += 1) {
      const cosine = (row[to] ?? 0) / ((lengths[from] ?? 0) * (lengths[to] ?? 0) || 1);
      row[to] = to === from || cosine < LINKED_FROM ? 0 : cosine;
      sum += row[to] ?? 0;
    }
    if (sum === 0) row[from] = 1;
    else for (let to = 0; to < size; to += 1) row[to] = (row[to] ?? 0) / sum;
  }
  return links;
}
