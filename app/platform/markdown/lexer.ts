import { Lexer, type Token, Tokenizer, type Tokens, type TokensList } from 'marked';
import type { footnoteExtensions } from './footnotes';
import { MarkdownLimitError } from './limit-error';
import { MAX_BODY_CHARS, MAX_DEPTH } from './limits';

/**
 * marked's lexer with a depth limit: it throws as soon as text is nested deeper than MAX_DEPTH, so
 * that thousands of `>` or `[` cost no more than the first few. Counting markers in advance would
 * have to guess which of them nest.
 *
 * Use one instance per text.
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

  // marked reads spans only after all blocks, so the two depths never add up here.
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
 * marked's tokenizer without raw HTML: a tag is treated as text and shown as typed. Removing tags
 * would turn `Vec<String>` into `Vec` and spoil a question about `<script>`. This way readers see
 * what the author typed, and none of the author's markup reaches the page.
 */
class PostTokenizer extends Tokenizer {
  #cells = 0;

  override html(): Tokens.HTML | undefined {
    return undefined;
  }

  override tag(): Tokens.Tag | undefined {
    return undefined;
  }

  /** Short rows are padded to the width of the header, so 20 kB could create millions of cells. */
  override table(src: string): Tokens.Table | undefined {
    const match = this.rules.block.table.exec(src);
    if (!match) return undefined;

    const [, header = '', , body = ''] = match;
    this.#cells += header.split('|').length * (1 + body.split('\n').length);
    // Written out in full, a table needs at least one character per cell.
    if (this.#cells > MAX_BODY_CHARS) throw new MarkdownLimitError('too-long');
    return super.table(src);
  }
}
