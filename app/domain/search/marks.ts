import { hitsIn, type Span } from './hits';
import { searchTokens } from './word-forms';
import type { Term } from './words';

/** A part of a text; `hit` is true for a search term. It is text, not HTML: escape it. */
export interface Part {
  text: string;
  hit: boolean;
}

/** Approximate length of a snippet in UTF-16 code units, and length of the text before the hit. */
const SNIPPET_CHARS = 240;
const LEAD_CHARS = 60;

/** Returns a text in parts, with all matches of the terms marked. */
export function markedText(text: string, terms: readonly Term[]): Part[] {
  return cut(text, hitsIn(searchTokens(text), terms), { start: 0, end: text.length });
}

/** Returns the part of a text with the most hits in one line; without any, its beginning. */
export function snippet(text: string, terms: readonly Term[]): Part[] {
  const line = text.replace(/\s+/g, ' ').trim();
  const tokens = searchTokens(line);
  const hits = hitsIn(tokens, terms);
  const window = windowFor(line, hits);
  const parts = cut(line, hits, window);
  if (window.start > 0) parts.unshift({ text: '… ', hit: false });
  if (window.end < line.length) parts.push({ text: ' …', hit: false });
  return parts;
}

function windowFor(line: string, hits: Span[]): Span {
  if (line.length <= SNIPPET_CHARS) return { start: 0, end: line.length };
  let best = 0;
  let most = 0;
  for (const [first, { start }] of hits.entries()) {
    const near = hits.slice(first, first + 40);
    const within = near.filter((hit) => hit.end <= start + SNIPPET_CHARS - LEAD_CHARS).length;
    if (within <= most) continue;
    most = within;
    best = start;
  }
  const wanted = Math.max(0, best - LEAD_CHARS);
  const word = wanted === 0 ? 0 : boundary(line, wanted, best);
  const start = line[word] === ' ' ? word + 1 : word;
  return { start, end: boundary(line, start + SNIPPET_CHARS, line.length) };
}

/** Returns the first word end at or after `from`, but not beyond `limit`. */
function boundary(line: string, from: number, limit: number): number {
  if (from >= line.length) return line.length;
  const base = Math.max(0, from - 40);
  const around = line.slice(base, from + 40);
  for (const { index } of words.segment(around)) {
    if (base + index >= from) return Math.min(base + index, limit);
  }
  return limit;
}

const words = new Intl.Segmenter('und', { granularity: 'word' });

function cut(text: string, hits: Span[], window: Span): Part[] {
  const parts: Part[] = [];
  let at = window.start;
  const add = (to: number, hit: boolean) => {
    if (to > at) parts.push({ text: text.slice(at, to), hit });
    at = Math.max(at, to);
  };
  for (const { start, end } of hits) {
    if (end <= window.start || start >= window.end) continue;
    add(Math.max(start, window.start), false);
    add(Math.min(end, window.end), true);
  }
  add(window.end, false);
  return parts;
}
