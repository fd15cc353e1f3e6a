import { Renderer, type Tokens } from 'marked';
import { escapeHtml } from '~/platform/text/escape-html';
import { containerDirection } from './direction';
import { MarkdownLimitError } from './limit-error';
import { MAX_HTML_BYTES } from './limits';

/** The page has the h1 and each post an h2, so headings inside posts start at h3. */
const HEADING_SHIFT = 2;

const LANGUAGE = /^[a-z0-9-]{1,30}$/;

/**
 * Writes the HTML of a post from marked's tokens: heading levels, text direction, images as links.
 * The output must still pass the allowlist in `sanitize.ts`.
 *
 * Use one instance per text.
 */
export class PostRenderer extends Renderer {
  #addressChars = 0;
  #insideLink = false;

  override paragraph({ tokens }: Tokens.Paragraph): string {
    return `<p dir="auto">${this.parser.parseInline(tokens)}</p>\n`;
  }

  override heading({ tokens, depth }: Tokens.Heading): string {
    const level = Math.min(depth + HEADING_SHIFT, 6);
    return `<h${level} dir="auto">${this.parser.parseInline(tokens)}</h${level}>\n`;
  }

  override blockquote({ tokens }: Tokens.Blockquote): string {
    const body = this.parser.parse(tokens);
    return `<blockquote dir="${containerDirection(body)}">\n${body}</blockquote>\n`;
  }

  override list(token: Tokens.List): string {
    const body = token.items.map((item) => this.listitem(item)).join('');
    const tag = token.ordered ? 'ol' : 'ul';
    const start = token.ordered && token.start !== 1 ? ` start="${token.start}"` : '';
    return `<${tag}${start} dir="${containerDirection(body)}">\n${body}</${tag}>\n`;
  }

  override listitem(item: Tokens.ListItem): string {
    const body = this.parser.parse(item.tokens);
    return `<li dir="${containerDirection(body)}">${body}</li>\n`;
  }

  /** A form control inside a text would not work; a symbol needs no translation. */
  override checkbox({ checked }: Tokens.Checkbox): string {
    return checked ? '☑ ' : '☐ ';
  }

  override table(token: Tokens.Table): string {
    const table = super.table(token);
    return table.replace('<table>', `<table dir="${containerDirection(table)}">`);
  }

  override tablecell(token: Tokens.TableCell): string {
    const tag = token.header ? 'th' : 'td';
    const scope = token.header ? ' scope="col"' : '';
    // Obsolete, but the only way that also works in feeds and emails, which load no style sheet.
    const align = token.align ? ` align="${token.align}"` : '';
    return `<${tag}${scope}${align} dir="auto">${this.parser.parseInline(token.tokens)}</${tag}>\n`;
  }

  override code({ text, lang }: Tokens.Code): string {
    const language = lang?.match(/^\S+/)?.[0].toLowerCase() ?? '';
    const attribute = LANGUAGE.test(language) ? ` class="language-${language}"` : '';
    const code = text && `${escapeHtml(text.replace(/\n$/, ''))}\n`;
    return `<pre dir="ltr"><code${attribute}>${code}</code></pre>\n`;
  }

  override link(token: Tokens.Link): string {
    this.#spend(token);
    this.#insideLink = true;
    try {
      return super.link(token);
    } finally {
      this.#insideLink = false;
    }
  }

  /** An image becomes a link: loading it would tell another server who reads, and cost data. */
  override image({ raw, href, title, text, tokens }: Tokens.Image): string {
    const alt = tokens ? this.parser.parseInline(tokens, this.parser.textRenderer) : text;
    const label: Tokens.Text = { type: 'text', raw, text: alt.trim() ? alt : href };
    // A link cannot contain a link.
    if (this.#insideLink) return this.text(label);
    return this.link({ type: 'link', raw, href, title, text: label.text, tokens: [label] });
  }

  /** A reference that is used a thousand times writes its URL a thousand times. */
  #spend({ href, title }: Tokens.Link): void {
    this.#addressChars += href.length + (title?.length ?? 0);
    if (this.#addressChars > MAX_HTML_BYTES) throw new MarkdownLimitError('too-large');
  }
}
