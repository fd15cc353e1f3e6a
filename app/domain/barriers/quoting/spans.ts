import { plainText } from '~/platform/markdown/plain-text';
import { kindsOfLines } from '~/platform/markdown/source-lines';
import { segmenterFor } from '~/platform/text/segmenter';

/** A part of a post's Markdown, by UTF-16 offsets. */
export interface Span {
  start: number;
  end: number;
  /** `body.slice(start, end)`; may contain single line breaks. */
  text: string;
}

/** A sentence, and in which of the post's paragraphs it stands (`ownParagraphs`). */
export interface Sentence extends Span {
  paragraph: number;
}

/**
 * Returns the sentences of a post that can be quoted verbatim: in the author's own words (no
 * quotations or code) and without markup inside, so that the words shown are exactly the stored
 * bytes. `paragraphs` as of `ownParagraphs`; `language` is BCP 47.
 */
export function quotableSentences(
  body: string,
  paragraphs: readonly string[],
  language: string,
): Sentence[] {
  const foreign = foreignSpans(body);
  const spans: Sentence[] = [];
  let from = 0;
  for (const [paragraph, line] of paragraphs.entries()) {
    for (const sentence of sentencesOf(withoutMentions(line), language)) {
      const span = findIn(body, sentence, from, foreign);
      if (!span) continue;
      spans.push({ ...span, paragraph });
      from = span.end;
    }
  }
  return spans;
}

/**
 * The paragraphs, list items and table rows of a post as plain text, in the author's own words: no
 * quotations and no code. `html` is the post as it was rendered.
 */
export function ownParagraphs(html: string): string[] {
  return plainText(html.replace(CODE_BLOCKS, ''), { quotes: false })
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** A line without the handles of those whom it answers: a quote answers nobody. */
export function withoutMentions(line: string): string {
  return line.replace(/^\s*(?:@[\w-]+[,:،]?\s+)+/u, '');
}

/** Written by our own renderer; code blocks never contain each other. */
const CODE_BLOCKS = /<pre\b[^>]*>.*?<\/pre>/gs;

/** Splits a line into sentences by the rules of the language (UAX 29). */
function* sentencesOf(line: string, language: string): Generator<string> {
  for (const { segment } of segmenterFor(language, 'sentence').segment(line)) {
    const sentence = segment.trim();
    if (sentence) yield sentence;
  }
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

const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Returns the length in characters, where an ideograph counts as three. */
export function lengthOf(text: string): number {
  return text.length + 2 * (text.match(IDEOGRAPHS)?.length ?? 0);
}

/** Returns words as a page shows them: a line end in the Markdown is a space there. */
export function asOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
