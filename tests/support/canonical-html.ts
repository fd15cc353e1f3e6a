import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/**
 * Called for each element before it is written: may change its tag or attributes, or return a
 * string to replace it.
 */
export type Rewrite = (element: Draft, inner: string) => string | undefined;

export interface Draft {
  tag: string;
  attributes: Map<string, string>;
}

const BLOCKS =
  'p|h[1-6]|blockquote|[uo]l|li|pre|table|thead|tbody|tr|t[hd]|hr|br|div|section|img|input';
const AROUND_BLOCKS = new RegExp(`\\s*(</?(?:${BLOCKS})(?: [^>]*)?>)\\s*`, 'g');

/**
 * Returns HTML in a canonical form, so that two equivalent texts are equal: attributes sorted,
 * character references normalised, white space outside `pre` collapsed and removed beside blocks.
 */
export function canonicalHtml(html: string, rewrite?: Rewrite): string {
  const code: string[] = [];
  const written = writeNodes(parseFragment(html).childNodes, code, rewrite)
    .replace(/\s+/g, ' ')
    .replace(AROUND_BLOCKS, '$1')
    .trim();
  return written.replace(/\ue000(\d+)\ue001/g, (_, index) => code[Number(index)] ?? '');
}

function writeNodes(nodes: Node[], code: string[], rewrite: Rewrite | undefined): string {
  return nodes
    .map((node) => {
      if ('value' in node) return escapeText(node.value);
      return 'tagName' in node ? writeElement(node, code, rewrite) : '';
    })
    .join('');
}

function writeElement(element: Element, code: string[], rewrite: Rewrite | undefined): string {
  const draft: Draft = {
    tag: element.tagName,
    attributes: new Map(element.attrs.map(({ name, value }) => [name, value])),
  };
  const inner = writeNodes(element.childNodes, code, rewrite);
  const instead = rewrite?.(draft, inner);
  if (instead !== undefined) return instead;
  const attributes = [...draft.attributes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ` ${name}="${escapeText(value)}"`)
    .join('');
  const start = `<${draft.tag}${attributes}>`;
  if (draft.tag === 'pre') {
    // Set aside, because white space in it is significant.
    code.push(inner);
    return `${start}\ue000${code.length - 1}\ue001</pre>`;
  }
  return /^(?:br|hr|img|input)$/.test(draft.tag) ? start : `${start}${inner}</${draft.tag}>`;
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
