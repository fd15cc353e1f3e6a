import { Marked, type RendererExtension, type Token, type Tokens } from 'marked';
import markedFootnote from 'marked-footnote';
import { containerDirection } from './direction';

/*
 * Footnotes as on GitHub: `[^1]` in the text, `[^1]: the note` anywhere in it. The library parses
 * them. It has one list of labels for the whole text; our own code resolves references again, so that
 * a quotation has its own notes, which stay in it. Our own code also writes the HTML, because stored
 * posts know neither the page's language (so: no heading, no label) nor its other content. Ids are
 * `fn-1` and `fnref-1`; `decorate-html.ts` prefixes them with the post's id on pages with several posts.
 */

interface Reference extends Tokens.Generic {
  type: 'footnoteRef';
  label: string;
  note?: Note;
  /** The number of this reference to the note, from 0. */
  index: number;
}

interface Note extends Tokens.Generic {
  type: 'footnote';
  label: string;
  content: Token[];
  /** The number among all notes of the text, from 1. */
  id?: number;
  /** The number in its list, from 1 in order of first reference. */
  number?: number;
  mentions?: number;
}

/** The notes under a text or a quotation. */
interface Notes extends Tokens.Generic {
  type: 'footnotes';
  items: Note[];
}

/** The pattern of footnote ids and links; the sanitizer allows no other ids. */
export const FOOTNOTE_ID = /^fn(?:ref)?-\d{1,5}(?:-\d{1,5})?$/;

const renderers: Record<string, RendererExtension['renderer']> = {
  footnote: () => '',

  footnoteRef(token) {
    const { note, index } = token as Reference;
    if (!note) return '';
    return `<sup><a id="${mentionId(note, index)}" href="#fn-${note.id}" role="doc-noteref">${note.number}</a></sup>`;
  },

  footnotes(token) {
    const items = (token as Notes).items.map((note) => {
      const back = Array.from(
        { length: note.mentions ?? 0 },
        (_, index) => ` <a href="#${mentionId(note, index)}" role="doc-backlink">↩</a>`,
      ).join('');
      const body = this.parser.parse(note.content).trimEnd();
      const inside = body.endsWith('</p>') ? `${body.slice(0, -4)}${back}</p>` : body + back;
      return `<li id="fn-${note.id}" dir="${containerDirection(inside)}">${inside}</li>\n`;
    });
    const list = items.join('');
    return `<hr>\n<ol dir="${containerDirection(list)}">\n${list}</ol>\n`;
  },
};

function mentionId({ id }: Note, index: number): string {
  return `fnref-${id}${index > 0 ? `-${index + 1}` : ''}`;
}

/** Returns marked's options for one text: the library keeps state between calls. */
export function footnoteExtensions() {
  const extensions = markedFootnote().extensions ?? [];
  const ours = extensions.map((extension) => ({
    ...extension,
    renderer: renderers[extension.name],
  }));
  return new Marked({ extensions: ours as typeof extensions }).defaults.extensions;
}

/**
 * Resolves each reference, and appends the referenced notes to the text or quotation that defines
 * them. A reference inside a quotation resolves to a note of that quotation or of the text around it;
 * a reference outside never resolves to a note of the quotation.
 */
export function placeNotes(tokens: Token[]): Token[] {
  // The library begins a text with its own list.
  const own = tokens.filter(({ type }) => type !== 'footnotes');
  placeIn(own, { notes: new Map(), list: [] }, { last: 0 });
  return own;
}

interface Scope {
  notes: Map<string, Note>;
  /** The referenced notes, in order of first reference. */
  list: Note[];
  outer?: Scope;
}

function placeIn(tokens: Token[], scope: Scope, ids: { last: number }): void {
  define(tokens, scope.notes);
  refer(tokens, scope, ids);
  // Notes can refer to further notes: the list grows while it is iterated.
  for (const note of scope.list) refer(note.content, scope, ids);
  if (scope.list.length > 0) tokens.push({ type: 'footnotes', raw: '', items: scope.list });
}

/** Collects the notes of a scope; the first definition of a label wins, as on GitHub. */
function define(tokens: Token[], notes: Map<string, Note>): void {
  for (const token of tokens) {
    if (token.type === 'blockquote') continue;
    if (token.type !== 'footnote') {
      for (const inner of innerTokens(token)) define(inner, notes);
      continue;
    }
    const note = token as Note;
    if (!notes.has(note.label)) notes.set(note.label, note);
    define(note.content, notes);
  }
}

function refer(tokens: Token[], scope: Scope, ids: { last: number }): void {
  for (const token of tokens) {
    if (token.type === 'blockquote') {
      const quoted = (token as Tokens.Blockquote).tokens;
      placeIn(quoted, { notes: new Map(), list: [], outer: scope }, ids);
    } else if (token.type === 'footnoteRef') {
      mention(token as Reference, scope, ids);
    } else if (token.type !== 'footnote') {
      for (const inner of innerTokens(token)) refer(inner, scope, ids);
    }
  }
}

function mention(reference: Reference, from: Scope, ids: { last: number }): void {
  let scope: Scope | undefined = from;
  while (scope && !scope.notes.has(reference.label)) scope = scope.outer;
  const note = scope?.notes.get(reference.label);
  if (!scope || !note) {
    // Only a quotation elsewhere defines this label: here the reference is plain text.
    Object.assign(reference, { type: 'text', text: reference.raw });
    return;
  }
  if (note.number === undefined) {
    ids.last += 1;
    Object.assign(note, { id: ids.last, number: scope.list.push(note), mentions: 0 });
  }
  reference.note = note;
  reference.index = note.mentions ?? 0;
  note.mentions = reference.index + 1;
}

/** Returns the lists of tokens inside a token. */
function innerTokens(token: Token): Token[][] {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].flat().map((cell) => cell.tokens);
  }
  if (token.type === 'list') return [(token as Tokens.List).items];
  return 'tokens' in token && token.tokens ? [token.tokens] : [];
}
