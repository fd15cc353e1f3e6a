import { removeControls } from './source';

/** A line of Markdown: own words, quoted, or fenced code. Empty lines outside code are `own`. */
export type LineKind = 'own' | 'quoted' | 'code';

/** Maximum depth; deeper quotations and lists are read as text of the outer one. */
const DEEPEST = 20;

/**
 * Returns the kind of each line of a post's Markdown. Follows CommonMark's block structure line by
 * line (lists, footnotes, quotations and lines that continue them without a `>`), in linear time.
 */
export function kindsOfLines(lines: readonly string[]): LineKind[] {
  const reader = new LineReader(0);
  return lines.map((line) => reader.read(line));
}

/** The beginning of a list item or footnote. */
const MARKER = /^(?:[-*+]|\d{1,9}[.)]|\[\^[^\]\n]+\]:)(?=[ \t]|$)/;

const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;

/** Headings and rules, which cannot continue on the next line. */
const SINGLE_LINE = /^(?:#{1,6}(?:[ \t]|$)|([-*_])[ \t]*(?:\1[ \t]*){2,}$|=+[ \t]*$)/;

class LineReader {
  /** Indentation of the text in each enclosing list item, in columns. */
  #items: number[] = [];
  #fence: { mark: string; indent: number } | null = null;
  #quotation: LineReader | null = null;
  #paragraph = false;

  constructor(private readonly depth: number) {}

  /** True if the next line may continue a paragraph without repeating its `>` or indentation. */
  get isInParagraph(): boolean {
    return this.#quotation ? this.#quotation.isInParagraph : this.#paragraph;
  }

  read(source: string): LineKind {
    // The renderer removes control characters, which may stand before a `>`.
    let { text, column } = unindented(removeControls(source), 0);

    if (this.#fence && text !== '' && column < this.#fence.indent) this.#fence = null;
    if (this.#fence) {
      const { mark } = this.#fence;
      if (text.startsWith(mark) && text.replaceAll(mark[0] ?? '', '').trim() === '') {
        this.#fence = null;
      }
      return 'code';
    }
    if (text === '') {
      this.#quotation = null;
      this.#paragraph = false;
      return 'own';
    }

    const lazy = this.isInParagraph;
    if (!lazy) this.#leaveItems(column);
    // Indented this far, the line is indented code or continues a paragraph; it cannot begin a
    // block.
    if (column - (this.#items.at(-1) ?? 0) >= 4) return this.#continued(lazy);

    let isItem = false;
    for (let depth = 0; depth < DEEPEST; depth += 1) {
      const mark = SINGLE_LINE.test(text) ? undefined : MARKER.exec(text)?.[0];
      if (mark === undefined) break;
      if (!isItem) this.#leaveItems(column);
      isItem = true;
      const after = column + mark.length;
      const item = unindented(text.slice(mark.length), after);
      const isCode = item.column - after > 4;
      this.#items.push(mark.startsWith('[') ? column + 4 : isCode ? after + 1 : item.column);
      if (isCode) return this.#own(false);
      ({ text, column } = item);
    }

    const fence = FENCE.exec(text);
    const isSingle = SINGLE_LINE.test(text);
    // A new block ends the list items that do not contain it.
    if (!isItem && (fence || isSingle || text.startsWith('>'))) this.#leaveItems(column);

    if (text.startsWith('>')) {
      if (isItem || !this.#quotation) this.#quotation = new LineReader(this.depth + 1);
      if (this.depth < DEEPEST) this.#quotation.read(text.slice(1).replace(/^[ \t]/, ''));
      return 'quoted';
    }
    if (fence) {
      this.#own(false);
      this.#fence = { mark: fence[1] ?? fence[2] ?? '', indent: this.#items.at(-1) ?? 0 };
      return 'code';
    }
    if (isItem || isSingle) return this.#own(!isSingle && text !== '');
    return this.#continued(lazy);
  }

  /** A line that continues the paragraph before it or, if there is none, starts a new one. */
  #continued(lazy: boolean): LineKind {
    if (lazy && this.#quotation) return 'quoted';
    return this.#own(true);
  }

  #own(paragraph: boolean): LineKind {
    this.#quotation = null;
    this.#paragraph = paragraph;
    return 'own';
  }

  #leaveItems(column: number): void {
    while ((this.#items.at(-1) ?? 0) > column) this.#items.pop();
  }
}

/** Returns a line without its indentation, and the column (from 0) at which its text begins. */
function unindented(line: string, from: number): { text: string; column: number } {
  const text = line.trimStart();
  let column = from;
  for (const space of line.slice(0, line.length - text.length)) {
    column += space === '\t' ? 4 - (column % 4) : 1;
  }
  return { text, column };
}
