import { segmenterFor } from '~/platform/text/segmenter';

/** Returns the distinct words of a text, normalised for comparison. `language` is BCP 47. */
export function termsOf(text: string, language: string): Set<string> {
  const terms = new Set<string>();
  const folded = text.normalize('NFKC').toLocaleLowerCase(language);
  for (const { segment, isWordLike } of segmenterFor(language, 'word').segment(folded)) {
    if (isWordLike) terms.add(segment);
  }
  return terms;
}

/** Counts in how many texts of a language a term occurs. Languages are counted separately. */
export class Frequencies {
  readonly #texts = new Map<string, number>();
  readonly #terms = new Map<string, Map<string, number>>();

  add(language: string, terms: Iterable<string>): void {
    this.#texts.set(language, (this.#texts.get(language) ?? 0) + 1);
    const counts = this.#terms.get(language) ?? new Map<string, number>();
    this.#terms.set(language, counts);
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  }

  of(language: string, term: string): number {
    return this.#terms.get(language)?.get(term) ?? 0;
  }

  /** Inverse document frequency: small for terms that occur in most texts. */
  idf(language: string, term: string): number {
    return Math.log(1 + (this.#texts.get(language) ?? 0) / Math.max(1, this.of(language, term)));
  }
}

/** Returns the Jaccard similarity of two sets of terms, 0 to 1. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const term of a) if (b.has(term)) shared += 1;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
