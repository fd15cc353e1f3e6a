import { Lexer, type Token, Tokenizer, type Tokens, type TokensList } from 'marked';
import type { footnoteExtensions } from './footnotes';
import { MarkdownLimitError } from './limit-error';
import { MAX_BODY_CHARS, MAX_DEPTH } from './limits';

/**
 * marked's lexer with a floor: it refuses text nested deeper than MAX_DEPTH while it reads it,
 * so that thousands of `>` or `[` cost no more than the first few. Counting markers beforehand
 * would have to guess which of them nest; here only those that do are counted.
 *
 * Use one instance for one text.
 */
export class BoundedLexer extends Lexer {
  #depth = 0;

  constructor(extensions: ReturnType<typeof footnoteExtensions>) {
    super({ gfm: true, tokenizer: new PostTokenizer(), ...(extensions && { extensions }) });
  }

  override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(
    src: string,
    tokens?: TokensList,
    lastParagraphClipped?: boolean,
  ): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], lastParagraphClipped = false): Token[] {
    return this.#oneDeeper(() => super.blockTokens(src, tokens, lastParagraphClipped));
  }

  // marked puts spans off until all blocks are read, so the two depths never add up here.
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    return this.#oneDeeper(() => super.inlineTokens(src, tokens));
  }

  #oneDeeper(read: () => Token[]): Token[] {
    if (this.#depth > MAX_DEPTH) throw new MarkdownLimitError('too-deep');
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}

/**
 * marked's tokenizer without raw HTML: a tag is text like any other and is shown as it was
 * written. Stripping would make `Vec<String>` lose its half and a question about `<script>` its
 * point; the reader sees what the author typed, and no markup of theirs ever reaches the page.
 */
class PostTokenizer extends Tokenizer {
  #cells = 0;

  override html(): Tokens.HTML | undefined {
    return undefined;
  }

  override tag(): Tokens.Tag | undefined {
    return undefined;
  }

  /** Short rows are filled up to the width of the header: 20 kB could ask for millions of cells. */
  override table(src: string): Tokens.Table | undefined {
    const match = this.rules.block.table.exec(src);
    if (!match) return undefined;

    const [, header = '', , body = ''] = match;
    this.#cells += header.split('|').length * (1 + body.split('\n').length);
    // A table written out in full needs at least one character for each of its cells.
    if (this.#cells > MAX_BODY_CHARS) throw new MarkdownLimitError('too-long');
    return super.table(src);
  }
}
