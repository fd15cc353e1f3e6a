import { plainText } from '~/platform/markdown/render';
import { kindsOfLines } from '~/platform/markdown/source-lines';

/** A piece of a post's Markdown, by UTF-16 offsets. */
export interface Span {
  start: number;
  end: number;
  /** `body.slice(start, end)`, which may hold single line ends. */
  text: string;
}

/**
 * The sentences of a post that can be quoted verbatim: in the author's own words (nothing from
 * quotations or code) and without markup inside, so that the words shown are the bytes stored.
 * `html` is the post as it was rendered from `body`; `language` is BCP 47.
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

/** Our own renderer writes these, and they never stand in one another. */
const CODE_BLOCKS = /<pre\b[^>]*>.*?<\/pre>/gs;

/** Sentences by the rules of the language (UAX 29), none across a line's end. */
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

/** The first place from `from` on where the sentence stands in the author's own words. */
function findIn(body: string, sentence: string, from: number, foreign: Span[]): Span | null {
  // White space in the text of a page may be a line's end in the Markdown.
  const pattern = new RegExp(sentence.split(/\s+/).map(literally).join('\\s+'), 'g');
  pattern.lastIndex = from;
  for (let match = pattern.exec(body); match; match = pattern.exec(body)) {
    const span = { start: match.index, end: match.index + match[0].length, text: match[0] };
    if (!foreign.some((other) => span.start < other.end && other.start < span.end)) return span;
  }
  return null;
}

/** Lines that quote somebody, and fenced code: what stands there is not taken for their words. */
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
