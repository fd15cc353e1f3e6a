import { plainText } from '~/platform/markdown/render';
import { kindsOfLines } from '~/platform/markdown/source-lines';

/** A part of a post's Markdown, by UTF-16 offsets. */
export interface Span {
  start: number;
  end: number;
  /** `body.slice(start, end)`; may contain single line breaks. */
  text: string;
}

/**
 * Returns the sentences of a post that can be quoted verbatim: in the author's own words (no
 * quotations or code) and without markup inside, so that the words shown are exactly the stored
 * bytes. `html` is the rendered `body`; `language` is BCP 47.
 */
export function quotableSentences(body: string, html: string, language: string): Span[] {
  const text = plainText(html.replace(CODE_BLOCKS, ''), { quotes: false });
  const foreign = foreignSpans(body);
  const spans: Span[] = [];
  let from = 0;
  for (const sentence of sentencesOf(text, language)) {
    const span = findIn(body, sentence, from, foreign);
    if (!span) continue;
    spans.push(span);
    from = span.end;
  }
  return spans;
}

/** Written by our own renderer; code blocks never contain each other. */
const CODE_BLOCKS = /<pre\b[^>]*>.*?<\/pre>/gs;

/**
 * Splits text into sentences by the rules of the language (UAX 29); line breaks always separate.
 */
function* sentencesOf(text: string, language: string): Generator<string> {
  const segmenter = segmenterFor(language);
  for (const line of text.split('\n')) {
    for (const { segment } of segmenter.segment(line)) {
      const sentence = segment.trim();
      if (sentence) yield sentence;
    }
  }
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const made = new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, made);
  return made;
}

/**
 * Returns the first occurrence of the sentence from `from` on that is in the author's own words.
 */
function findIn(body: string, sentence: string, from: number, foreign: Span[]): Span | null {
  // White space on the page may be a line break in the Markdown.
  const pattern = new RegExp(sentence.split(/\s+/).map(literally).join('\\s+'), 'g');
  pattern.lastIndex = from;
  for (let match = pattern.exec(body); match; match = pattern.exec(body)) {
    const span = { start: match.index, end: match.index + match[0].length, text: match[0] };
    if (!foreign.some((other) => span.start < other.end && other.start < span.end)) return span;
  }
  return null;
}

/** Finds quoted lines and fenced code: text in them does not count as the author's words. */
function foreignSpans(body: string): Span[] {
  const lines = body.split('\n');
  const kinds = kindsOfLines(lines);
  const spans: Span[] = [];
  let start = 0;
  for (const [at, text] of lines.entries()) {
    const end = start + text.length;
    if (kinds[at] !== 'own') spans.push({ start, end, text });
    start = end + 1;
  }
  return spans;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
