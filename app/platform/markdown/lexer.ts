import { Lexer, type Token, Tokenizer, type Tokens, type TokensList } from 'marked';
import markedCjkFriendly from 'marked-cjk-friendly';
import { bareAddress } from '~/platform/text/bare-address';
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
  /** The link definitions in each quotation, innermost first, with the definitions around it. */
  #quotations: { links: Links; outer: Links }[] = [];
  /** The link definitions that apply to each list of spans not read yet. */
  #linksOf = new WeakMap<Token[], Links>();
  /** For quotations without link definitions, the definitions around them. */
  #aroundEmpty = new WeakMap<Links, Links>();

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

  override inline(src: string, tokens: Token[] = []): Token[] {
    this.#linksOf.set(tokens, this.tokens.links);
    return super.inline(src, tokens);
  }

  // marked reads spans only after all blocks, so the two depths never add up here.
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    this.#shareLinks();
    const around = this.tokens.links;
    this.tokens.links = this.#linksFor(tokens) ?? around;
    try {
      return this.#oneDeeper(() => super.inlineTokens(src, tokens));
    } finally {
      this.tokens.links = around;
    }
  }

  /**
   * Reads a quotation with separate link definitions: `[1]` inside it uses the quotation's own
   * definition, and `[1]` outside uses the text's, even if both define `[1]`.
   */
  readQuotation<T>(read: () => T): T {
    const outer = this.tokens.links;
    const links: Links = Object.create(null);
    this.tokens.links = links;
    try {
      return read();
    } finally {
      this.tokens.links = outer;
      if (Object.keys(links).length > 0) this.#quotations.push({ links, outer });
      else this.#aroundEmpty.set(links, outer);
    }
  }

  #linksFor(tokens: Token[]): Links | undefined {
    let links = this.#linksOf.get(tokens);
    for (let outer = links; outer; outer = this.#aroundEmpty.get(outer)) links = outer;
    return links;
  }

  /** Runs after all blocks: as in CommonMark, a label defined once is valid on both sides. */
  #shareLinks(): void {
    if (this.#quotations.length === 0) return;
    const quotations = this.#quotations.splice(0);
    for (const { links } of quotations) addMissing(this.tokens.links, links);
    for (const { links, outer } of quotations.reverse()) {
      addMissing(links, this.#aroundEmpty.get(outer) ?? outer);
    }
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

type Links = TokensList['links'];

function addMissing(links: Links, others: Links): void {
  for (const label of Object.keys(others)) links[label] ??= others[label] as Links[string];
}

const cjk = markedCjkFriendly().tokenizer;

/** Characters beside which the rules of CommonMark for emphasis, which expect spaces, do not hold. */
const CJK =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Hangul}\p{scx=Yi}\uff00-\uffef]/u;

/**
 * Letters of other scripts that have no spaces between words, or that join particles to the next word
 * (`و**«المدرسة»**`): emphasis beside them follows the same rules.
 */
const LIKE_CJK =
  /(?=[\p{L}\p{M}])[\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}\p{scx=Arabic}\p{scx=Hebrew}]/gu;

const BARE_ADDRESS = new RegExp(`^${bareAddress('<')}`, 'iu');

/**
 * marked's tokenizer without raw HTML: a tag is treated as text and shown as typed. Removing tags
 * would turn `Vec<String>` into `Vec` and spoil a question about `<script>`. This way readers see
 * what the author typed, and none of the author's markup reaches the page.
 */
class PostTokenizer extends Tokenizer {
  declare lexer: BoundedLexer;
  #cells = 0;
  /** The last text asked about by `#inCjk`, which is asked for each mark in it. */
  #asked: { text: string; cjk: string | null } = { text: '', cjk: null };

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.lexer.readQuotation(() => super.blockquote(src));
  }

  override html(): Tokens.HTML | undefined {
    return undefined;
  }

  override tag(): Tokens.Tag | undefined {
    return undefined;
  }

  override emStrong(src: string, text: string, before = ''): Tokens.Em | Tokens.Strong | undefined {
    // In words of these scripts `_` joins: `#ذكاء_اصطناعي`.
    const inCjk = src.startsWith('_') ? CJK.test(text) && text : this.#inCjk(text);
    const found = inCjk && cjk?.emStrong?.call(this, src, inCjk, before);
    return found || found === undefined ? found : super.emStrong(src, text, before);
  }

  override del(src: string, text: string, before = ''): Tokens.Del | undefined {
    const inCjk = this.#inCjk(text);
    const found = inCjk && cjk?.del?.call(this, src, inCjk, before);
    return found || found === undefined ? found : super.del(src, text, before);
  }

  /**
   * Returns a text with a Chinese character for each letter that the rules of CJK hold for, by which
   * the ends of emphasis are found; null where they hold for none.
   */
  #inCjk(text: string): string | null {
    if (text !== this.#asked.text) {
      const cjk = text.replace(LIKE_CJK, '字');
      this.#asked = { text, cjk: CJK.test(cjk) ? cjk : null };
    }
    return this.#asked.cjk;
  }

  /** marked ends an address only at spaces, `<` and the punctuation of ASCII. */
  override url(src: string): Tokens.Link | undefined {
    const address = BARE_ADDRESS.exec(src)?.[0];
    return super.url(address ?? src) ?? (address ? this.#internationalUrl(address) : undefined);
  }

  /** marked knows names of sites in ASCII only. */
  #internationalUrl(address: string): Tokens.Link | undefined {
    const host = /(?<=:\/\/)[^/?#]*/.exec(address)?.[0] ?? '';
    if (!/^[\p{L}\p{M}\p{N}.-]*\p{L}(?::\d+)?$/u.test(host)) return undefined;
    const ascii = address.replace(
      host,
      host.replace(/\P{ASCII}/gu, (letter) => 'x'.repeat(letter.length)),
    );
    const found = super.url(ascii);
    if (!found) return undefined;
    const text = address.slice(0, found.raw.length);
    if (!URL.canParse(text)) return undefined;
    const { href } = new URL(text);
    return { ...found, raw: text, text, href, tokens: [{ type: 'text', raw: text, text }] };
  }

  /** Short rows are padded to the width of the header, so 20 kB could create millions of cells. */
  override table(src: string): Tokens.Table | undefined {
    const match = this.rules.block.table.exec(src);
    if (!match) return undefined;

    const [, header = '', , body = ''] = match;
    this.#cells += header.split('|').length * (1 + body.split('\n').length);
    // Written out in full, a table needs at least one character per cell.
    if (this.#cells > MAX_BODY_CHARS) throw new MarkdownLimitError('too-large');
    return super.table(src);
  }
}
