import { Marked, type RendererExtension, type Token, type Tokens } from 'marked';
import markedFootnote from 'marked-footnote';
import { containerDirection } from './direction';

/*
 * Footnotes as GitHub has them: `[^1]` in the text, `[^1]: the note` anywhere in it. The library
 * reads them; what is written is our own, because stored posts know neither the language of the
 * page (so: no heading, no label) nor what else stands on it. Ids are `fn-1` and `fnref-1`; where
 * several posts share a page, `dress.ts` puts the post's own id before them.
 */

interface Reference extends Tokens.Generic {
  type: 'footnoteRef';
  /** The number of the note, from 1 in the order of first mention. */
  id: string;
  /** Which mention of the note this is, from 0. */
  index: number;
}

interface Notes extends Tokens.Generic {
  type: 'footnotes';
  items: { content: Token[]; refs: { id: string }[] }[];
}

/** What a footnote's ids and the links between them look like; nobody else's pass the sanitizer. */
export const FOOTNOTE_ID = /^fn(?:ref)?-\d{1,5}(?:-\d{1,5})?$/;

const renderers: Record<string, RendererExtension['renderer']> = {
  footnote: () => '',

  footnoteRef(token) {
    const { id, index } = token as Reference;
    return `<sup><a id="${mentionId(id, index)}" href="#fn-${id}" role="doc-noteref">${id}</a></sup>`;
  },

  footnotes(token) {
    const items = (token as Notes).items.map(({ content, refs }) => {
      const id = refs[0]?.id ?? '';
      const back = refs
        .map((_, index) => ` <a href="#${mentionId(id, index)}" role="doc-backlink">↩</a>`)
        .join('');
      const body = this.parser.parse(content).trimEnd();
      const inside = body.endsWith('</p>') ? `${body.slice(0, -4)}${back}</p>` : body + back;
      return `<li id="fn-${id}" dir="${containerDirection(inside)}">${inside}</li>\n`;
    });
    const list = items.join('');
    return `<hr>\n<ol dir="${containerDirection(list)}">\n${list}</ol>\n`;
  },
};

function mentionId(id: string, index: number): string {
  return `fnref-${id}${index > 0 ? `-${index + 1}` : ''}`;
}

/** marked's options for one text: the library keeps its place in a text between calls. */
export function footnoteExtensions() {
  const extensions = markedFootnote().extensions ?? [];
  const ours = extensions.map((extension) => ({
    ...extension,
    renderer: renderers[extension.name],
  }));
  return new Marked({ extensions: ours as typeof extensions }).defaults.extensions;
}

/** The library collects the notes before the text; they belong after it, those mentioned at least. */
export function notesLast(tokens: Token[]): Token[] {
  const [first, ...rest] = tokens;
  if (first?.type !== 'footnotes') return tokens;
  return (first as Notes).items.length > 0 ? [...rest, first] : rest;
}
