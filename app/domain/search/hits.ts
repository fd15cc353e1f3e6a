import type { Token } from '~/platform/text/tokens';
import type { Term } from './words';

/** UTF-16 offsets into a text. */
export interface Span {
  start: number;
  end: number;
}

/** Returns the positions of the terms in order; adjacent ones are joined. */
export function hitsIn(tokens: Token[], terms: readonly Term[]): Span[] {
  const phrases = terms.flatMap((term) => [term, ...(term.others ?? [])]);
  const spans: Span[] = [];
  for (const [at, token] of tokens.entries()) {
    for (const { tokens: wanted, prefix } of phrases) {
      if (!token.folded.startsWith(wanted[0] ?? '')) continue;
      const here = tokens.slice(at, at + wanted.length);
      const fits = wanted.every((word, n) => {
        const folded = here[n]?.folded;
        return prefix && n === wanted.length - 1 ? folded?.startsWith(word) : folded === word;
      });
      if (fits) spans.push({ start: token.start, end: here.at(-1)?.end ?? token.end });
    }
  }
  const merged: Span[] = [];
  spans.sort((a, b) => a.start - b.start);
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
