import { Marked, type RendererExtension, type Token, type Tokens } from 'marked';
import markedFootnote from 'marked-footnote';
import { containerDirection } from './direction';

/*
 * Footnotes as on GitHub: `[^1]` in the text, `[^1]: the note` anywhere in it. The library parses
 * them, but our own code writes the HTML, because stored posts know neither the page's language
 * (so: no heading, no label) nor its other content. Ids are `fn-1` and `fnref-1`;
 * `decorate-html.ts` prefixes them with the post's id on pages with several posts.
 */

interface Reference extends Tokens.Generic {
  type: 'footnoteRef';
  /** The number of the note, from 1 in order of first reference. */
  id: string;
  /** The number of this reference to the note, from 0. */
  index: number;
}

interface Notes extends Tokens.Generic {
  type: 'footnotes';
  items: { content: Token[]; refs: { id: string }[] }[];
}

/** The pattern of footnote ids and links; the sanitizer allows no other ids. */
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

/**
 * Returns marked's options for one text. The library keeps state between calls, so each text needs
 * new ones.
 */
export function footnoteExtensions() {
  const extensions = markedFootnote().extensions ?? [];
  const ours = extensions.map((extension) => ({
    ...extension,
    renderer: renderers[extension.name],
  }));
  return new Marked({ extensions: ours as typeof extensions }).defaults.extensions;
}

/** The library puts the notes before the text; this moves those that are referenced after it. */
export function notesLast(tokens: Token[]): Token[] {
  const [first, ...rest] = tokens;
  if (first?.type !== 'footnotes') return tokens;
  return (first as Notes).items.length > 0 ? [...rest, first] : rest;
}
