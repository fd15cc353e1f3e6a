import { type DefaultTreeAdapterTypes, html as names, parseFragment } from 'parse5';

const { TAG_NAMES: T } = names;

/** Number of line breaks before and after each element. */
const LINE_ENDS: Record<string, number> = {
  ...Object.fromEntries(
    [T.P, T.H3, T.H4, T.H5, T.H6, T.BLOCKQUOTE, T.UL, T.OL, T.PRE, T.TABLE, T.HR].map((tag) => [
      tag,
      2,
    ]),
  ),
  [T.LI]: 1,
  [T.TR]: 1,
  [T.BR]: 1,
};

const EXCERPT_CHARS = 200;

type Node = DefaultTreeAdapterTypes.ChildNode;

/** A step of the traversal: a node to visit, or the line breaks after a visited node. */
type Step = { node: Node; preformatted: boolean } | number;

/**
 * Returns the text of a post's HTML without markup: paragraphs separated by an empty line, list
 * items and table rows on their own lines, links as their text. The result is text, not HTML:
 * escape it again.
 *
 * `quotes: false` leaves out quotations, for uses that need only the author's own words; `code:
 * false` leaves out code, for language detection.
 */
export function plainText(
  html: string,
  { quotes = true, code = true }: { quotes?: boolean; code?: boolean } = {},
): string {
  const text = createTextFlow();
  const steps: Step[] = children(parseFragment(html).childNodes, false);

  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (typeof step === 'number') {
      text.endLines(step);
      continue;
    }

    const { node, preformatted } = step;
    if ('value' in node) text.write(node.value, preformatted);
    if (!('tagName' in node)) continue;

    const { tagName } = node;
    const lineEnds = LINE_ENDS[tagName] ?? 0;
    text.endLines(lineEnds);
    if (tagName === T.BLOCKQUOTE && !quotes) continue;
    if (tagName === T.CODE && !code) continue;
    if (isFootnoteMark(node)) continue;
    if (tagName === T.TD || tagName === T.TH) text.write(' ', false);
    steps.push(lineEnds, ...children(node.childNodes, preformatted || tagName === T.PRE));
  }

  return text.finish();
}

/** The number of a footnote and its back link are not part of the author's text. */
function isFootnoteMark({ tagName, attrs }: DefaultTreeAdapterTypes.Element): boolean {
  return (
    tagName === T.A &&
    attrs.some(({ name, value }) => name === 'role' && /^doc-(?:noteref|backlink)$/.test(value))
  );
}

/** In reverse, because the traversal takes its steps from the end. */
function children(nodes: Node[], preformatted: boolean): Step[] {
  return nodes.map((node) => ({ node, preformatted })).reverse();
}

/** Collects text as a page would show it: white space collapsed, line breaks only at blocks. */
function createTextFlow() {
  const parts: string[] = [];
  let due = 0;

  return {
    endLines(count: number): void {
      due = Math.max(due, count);
    },

    write(value: string, preformatted: boolean): void {
      const last = parts.at(-1);
      let part = value;
      if (!preformatted) {
        part = part.replace(/\s+/g, ' ');
        if (last === undefined || due > 0 || last.endsWith(' ')) part = part.trimStart();
      }
      if (!part) return;

      if (last !== undefined && due > 0) {
        parts[parts.length - 1] = last.trimEnd();
        parts.push('\n'.repeat(due));
      }
      parts.push(part);
      due = 0;
    },

    finish: () => parts.join('').trim(),
  };
}

/**
 * Returns the beginning of a post in one line, about 200 UTF-16 code units, cut between words in
 * any script. Quotations are used only if the author wrote nothing else.
 */
export function excerpt(html: string): string {
  const text = oneLine(plainText(html, { quotes: false })) || oneLine(plainText(html));
  if (text.length <= EXCERPT_CHARS) return text;

  // Searches for the cut only near it, so that a long text costs no more than its beginning.
  const beginning = text.slice(0, 2 * EXCERPT_CHARS);
  const end =
    lastBoundary(beginning, 'word') || lastBoundary(beginning, 'grapheme') || EXCERPT_CHARS - 1;
  return `${beginning.slice(0, end).trimEnd()}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Chinese, Japanese, Thai and others have no spaces: Intl.Segmenter finds the words. */
function lastBoundary(text: string, granularity: 'word' | 'grapheme'): number {
  let last = 0;
  for (const { index } of new Intl.Segmenter('und', { granularity }).segment(text)) {
    if (index >= EXCERPT_CHARS) break;
    last = index;
  }
  return last;
}
