import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { type Block, lengthOf, tidy } from './blocks';
import { PostFormatError } from './post-format-error';
import { blocksFromBrokenLines, blocksFromText } from './text-blocks';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** Maximum nesting, as in browsers; real posts are never nested as deeply. */
const DEEPEST = 512;

const SKIPPED = new Set(
  'head script style noscript template nav footer aside figcaption form button select textarea dialog menu iframe object svg math canvas audio video'.split(
    ' ',
  ),
);
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter output picture q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const BOLD = new Set(['b', 'strong', 'dfn']);
const METADATA = new Set(['html', 'title', 'meta', 'link', 'article', 'time']);
const LISTS = new Set(['ul', 'ol', 'dl']);

/** What a page says about itself, in its head and its markup; null for what it does not say. */
export interface PageMetadata {
  title: string | null;
  author: string | null;
  /** As written, usually ISO 8601. */
  date: string | null;
  link: string | null;
  /** As written, usually BCP 47. */
  language: string | null;
  description: string | null;
}

export interface HtmlPage {
  metadata: PageMetadata;
  /** The parts of the page that may contain the post, smallest first: article, main, body. */
  places: Block[][];
}

/**
 * Reads a whole page or a fragment of HTML, without navigation, forms, scripts and similar
 * elements.
 * @throws PostFormatError if elements are nested deeper than a browser would show
 */
export function readHtml(source: string): HtmlPage {
  const document = parseWithLimit(source);
  const articles = elementsNamed(document, (element) => element.tagName === 'article');
  const mains = elementsNamed(
    document,
    (element) => element.tagName === 'main' || attribute(element, 'role') === 'main',
  );
  const bodies = elementsNamed(document, (element) => element.tagName === 'body');

  const byLength = articles
    .map(blocksOf)
    .sort((left, right) => lengthOf(right) - lengthOf(left))
    .slice(0, 1);
  return {
    metadata: metadataOf(document),
    places: [...byLength, ...[...mains, ...bodies].map(blocksOf)],
  };
}

function metadataOf(document: Node): PageMetadata {
  const elements = elementsNamed(
    document,
    ({ tagName, attrs }) =>
      METADATA.has(tagName) || attrs.some(({ value }) => /author/.test(value)),
  );
  const find = (wanted: (element: Element) => boolean) => elements.find(wanted);
  const hasWord = (name: string, word: string) => (element: Element) =>
    (attribute(element, name) ?? '').toLowerCase().split(/\s+/).includes(word);
  const meta = (name: string) => {
    const found = find(
      (each) =>
        each.tagName === 'meta' && (hasWord('name', name)(each) || hasWord('property', name)(each)),
    );
    return (found && tidy(attribute(found, 'content') ?? '')) || null;
  };
  const textOf = (element: Element | undefined) => (element && tidy(plainText(element))) || null;
  const author =
    find(hasWord('rel', 'author')) ??
    find(hasWord('itemprop', 'author')) ??
    find(hasWord('class', 'p-author'));
  const canonical = find(hasWord('rel', 'canonical'));
  const time = find(
    ({ tagName, attrs }) => tagName === 'time' && attrs.some(({ name }) => name === 'datetime'),
  );
  const written = find(
    (each) => /^(?:html|article)$/.test(each.tagName) && !!attribute(each, 'lang'),
  );
  return {
    title: textOf(find(({ tagName }) => tagName === 'title')) ?? meta('og:title'),
    author: meta('author') ?? textOf(author),
    date:
      meta('article:published_time') ??
      meta('date') ??
      (time && attribute(time, 'datetime')) ??
      null,
    link: (canonical && attribute(canonical, 'href')) ?? meta('og:url'),
    language: (written && attribute(written, 'lang')) ?? null,
    description: meta('description') ?? meta('og:description'),
  };
}

function parseWithLimit(source: string) {
  let depth = 0;
  return parse(source, {
    treeAdapter: {
      ...defaultTreeAdapter,
      onItemPush() {
        depth += 1;
        if (depth <= DEEPEST) return;
        throw new PostFormatError('too-deep', 'The article is nested too deeply.');
      },
      onItemPop() {
        depth -= 1;
      },
    },
  });
}

function blocksOf(root: Element): Block[] {
  const reader = new BlockReader();
  reader.read(root);
  return reader.blocks;
}

/** Walks the tree and ends a block wherever a browser would start a new line. */
class BlockReader {
  readonly blocks: Block[] = [];
  private text = '';
  private lead: string | null = null;
  private listDepth = 0;
  /** True between an item's start and its first text. */
  private atItem = false;
  private term: string | null = null;
  private group = 0;
  private quotations = 0;
  /** The level of the last heading. */
  private level = 1;

  read(root: Element): void {
    for (const child of root.childNodes) this.visit(child);
    this.flush();
  }

  private visit(node: Node): void {
    if (isText(node)) {
      this.text += node.value.replace(/\s+/g, ' ');
      return;
    }
    if (!isElement(node) || isSkipped(node)) return;

    const name = node.tagName;
    if (name === 'br') this.text += '\n';
    else if (/^h[1-6]$/.test(name)) this.heading(node, Number(name[1]));
    else if (name === 'summary') this.heading(node, this.level + 0.5);
    else if (name === 'pre') this.preformatted(node);
    else if (name === 'dt') this.definitionTerm(node);
    else if (name === 'tr') this.row(node);
    else if (name === 'li' || name === 'dd') this.item(node);
    else if (INLINE.has(name)) this.inline(node);
    else this.division(node, LISTS.has(name));
  }

  private children(node: Element): void {
    for (const child of node.childNodes) this.visit(child);
  }

  private inline(node: Element): void {
    const opens = BOLD.has(node.tagName) && this.lead === null && this.text.trim() === '';
    this.children(node);
    if (opens) this.lead = tidy(this.text) || null;
  }

  private division(node: Element, list: boolean): void {
    const quotes = node.tagName === 'blockquote';
    this.flush();
    if (list) this.listDepth += 1;
    if (quotes) this.quotations += 1;
    this.children(node);
    this.flush();
    if (list) this.listDepth -= 1;
    if (quotes) this.quotations -= 1;
  }

  private heading(node: Element, level: number): void {
    this.flush();
    const text = tidy(plainText(node));
    if (text) this.push({ kind: 'heading', level, text });
    this.level = Math.floor(level);
    this.atItem = false;
  }

  private item(node: Element): void {
    this.flush();
    this.atItem = true;
    if (node.tagName === 'dd' && this.term) {
      this.lead = this.term;
      this.text = `${this.term}: `;
    }
    this.children(node);
    this.flush();
    this.atItem = false;
  }

  private definitionTerm(node: Element): void {
    this.flush();
    this.term = tidy(plainText(node)).replace(/\s*:$/, '') || null;
  }

  /** A table row is read like a glossary entry: its first cell, then the others. */
  private row(node: Element): void {
    this.flush();
    const cells = node.childNodes.filter((cell) => isElement(cell));
    // The names of the columns.
    if (cells.length > 1 && cells.every(({ tagName }) => tagName === 'th')) return;
    const [first, ...rest] = cells.map((cell) => tidy(plainText(cell)).replace(/\s*:$/, ''));
    if (!first) return;
    this.atItem = true;
    this.lead = first;
    this.text = rest.length ? `${first}: ${rest.join(' ')}` : first;
    this.flush();
    this.atItem = false;
  }

  private preformatted(node: Element): void {
    this.flush();
    if (node.childNodes.some((child) => isElement(child) && child.tagName === 'code')) return;
    for (const block of blocksFromText(plainText(node))) this.push(block);
  }

  private push(block: Block): void {
    this.blocks.push(this.quotations ? { ...block, quoted: true } : block);
  }

  private flush(): void {
    const { lead } = this;
    const broken = this.text.trim().includes('\n');
    const text = tidy(this.text);
    const source = this.text;
    this.text = '';
    this.lead = null;
    if (!text) return;

    this.group += 1;
    const { group } = this;
    if (this.atItem) {
      this.atItem = false;
      const depth = Math.max(0, this.listDepth - 1);
      this.push({ kind: 'item', text, lead, depth, group, ordinal: null });
      return;
    }
    if (broken) {
      for (const block of blocksFromBrokenLines(source, group)) this.push(block);
      return;
    }
    this.push({ kind: 'paragraph', text, lead, group });
  }
}

function isText(node: Node): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

function isSkipped(element: Element): boolean {
  if (SKIPPED.has(element.tagName)) return true;
  if (attribute(element, 'hidden') !== null || attribute(element, 'aria-hidden') === 'true') {
    return true;
  }
  return /^(?:navigation|contentinfo|complementary|search)$/.test(attribute(element, 'role') ?? '');
}

function attribute(element: Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null;
}

function plainText(node: Node): string {
  if (isText(node)) return node.value;
  if (!isElement(node)) return '';
  if (node.tagName === 'br') return '\n';
  if (node.tagName !== 'title' && isSkipped(node)) return '';
  return node.childNodes.map(plainText).join('');
}

function elementsNamed(root: Node, wanted: (element: Element) => boolean): Element[] {
  if (!('childNodes' in root)) return [];
  const here = isElement(root) && wanted(root) ? [root] : [];
  return [...here, ...root.childNodes.flatMap((child) => elementsNamed(child, wanted))];
}
