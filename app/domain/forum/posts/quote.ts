import { and, eq } from 'drizzle-orm';
import type { Author } from '~/domain/accounts/users/profile';
import { type Reader, readablePost } from '~/domain/forum/visibility';
import { normalizeLineEnds, removeControls } from '~/platform/markdown/source';
import { kindsOfLines } from '~/platform/markdown/source-lines';
import { bareAddress } from '~/platform/text/bare-address';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import { findPost } from './posts';

/** Maximum length of a quotation in UTF-16 code units, to leave room for the reply. */
const LONGEST = 8000;

/** A post that can be quoted, as paragraphs. */
export interface Quotable {
  id: string;
  threadId: string;
  author: Author;
  language: string;
  /** Markdown, without what the author quoted from others. */
  paragraphs: string[];
}

/** Returns a post with its Markdown, if the reader may see it. */
export async function findQuotable(db: Db, id: string, reader: Reader): Promise<Quotable | null> {
  const found = await findPost(db, id, reader);
  if (!found) return null;
  const [row] = await db
    .select({ body: posts.body })
    .from(posts)
    .where(and(eq(posts.id, id), readablePost(reader)));
  const { threadId, author, language } = found.post;
  return { id, threadId, author, language, paragraphs: paragraphsOf(row?.body ?? '') };
}

/** Splits a text at empty lines. Fenced code stays whole; quotations are left out, not nested. */
export function paragraphsOf(body: string): string[] {
  const lines = removeControls(normalizeLineEnds(body)).split('\n');
  const kinds = kindsOfLines(lines);
  const blocks: string[][] = [[]];
  for (const [at, line] of lines.entries()) {
    const kind = kinds[at];
    if (kind === 'quoted' || (kind === 'own' && line.trim() === '')) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.map((block) => block.join('\n')).filter((text) => text !== '');
}

/** The label of a footnote, and that of a link; `^` tells them apart. */
const NOTE_LABEL = String.raw`\^[^\]\n]+`;
const LINK_LABEL = String.raw`(?!\^|\s*\])(?:\\.|[^\\[\]\n])+`;

/**
 * A reference: `[^1]` to a footnote, `[label]` or `[text][label]` to the definition of a link. Also
 * matches escapes, code, addresses and the boxes of task lists, so that they are skipped.
 */
const REFERENCE = new RegExp(
  [
    String.raw`\\.`,
    String.raw`(?<!\x60)(?<code>\x60+)(?!\x60).*?(?<!\x60)\k<code>(?!\x60)`,
    bareAddress('<>()'),
    String.raw`(?<=^\s*(?:[-*+]|\d+[.)])\s+)\[[xX]\](?=\s)`,
    String.raw`(?<text>\[${LINK_LABEL}\](?=\[(?!\^)))?\[(?<label>${NOTE_LABEL}|${LINK_LABEL}(?=\](?!\()))\]`,
  ].join('|'),
  'gu',
);

/** The beginning of a footnote's text, or of the definition of a link. */
const DEFINITION = new RegExp(String.raw`^ {0,3}\[(?<label>${NOTE_LABEL}|${LINK_LABEL})\]:[ \t]*`);

/** Characters in a name that Markdown would read as markup; an underscore within a word is none. */
const MARKUP = /[\\[\]*`<>~!]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=\S)[.:](?=\S)/gu;

/**
 * Returns the Markdown that quotes a post: the author, and the paragraphs with the given numbers
 * (from 0), or all, with the footnotes and definitions of links they mention. `attribution` is plain
 * text, such as "Kofi wrote".
 */
export function quotation(paragraphs: string[], chosen: number[], attribution: string): string {
  const numbers = new Set(chosen);
  const wanted = numbers.size > 0 ? paragraphs.filter((_, at) => numbers.has(at)) : paragraphs;
  let length = 0;
  // The footnotes may use definitions of links in turn.
  const complete = withDefinitions(withDefinitions(wanted, paragraphs), paragraphs);
  const fitting = complete.filter((text) => {
    length += text.length;
    return length <= LONGEST;
  });
  const label = attribution.replace(MARKUP, '\\$&');
  const lines = [`${label}:`, ...ownLabelsOnly(fitting)].join('\n\n').split('\n');
  return `${lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')}\n\n`;
}

/** Returns paragraphs with those that define their footnotes and links. */
function withDefinitions(chosen: string[], all: string[]): string[] {
  const there = labels(chosen, DEFINITION);
  const used = labels(chosen, REFERENCE);
  const isMissing = (text: string) =>
    [...labels([text], DEFINITION)].some((label) => used.has(label) && !there.has(label));
  return [...chosen, ...all.filter(isMissing)];
}

/**
 * Escapes references that nothing defines and footnotes without a reference: such a reference could
 * link to a footnote or address of the person who quotes, and such a footnote would not be shown.
 */
function ownLabelsOnly(paragraphs: string[]): string[] {
  const mentioned = labels(paragraphs, REFERENCE);
  const defined = labels(paragraphs, DEFINITION);
  return paragraphs.map((text) =>
    inProse(text, (line) => {
      const [start = '', label = ''] = DEFINITION.exec(line) ?? [];
      const rest = line.slice(start.length).replace(REFERENCE, (...match) => {
        const [mark] = match;
        const { text = '', label } = match.at(-1) as { text?: string; label?: string };
        if (label === undefined || defined.has(labelKey(label))) return mark;
        return `${text && `\\${text}`}\\[${label}]`;
      });
      return mentioned.has(labelKey(label)) || !label.startsWith('^') ? start + rest : rest;
    }),
  );
}

/** Returns the keys of the labels that paragraphs define (`DEFINITION`) or use (`REFERENCE`). */
function labels(paragraphs: string[], pattern: RegExp): Set<string> {
  const found = new Set<string>();
  for (const text of paragraphs) {
    inProse(text, (line) => {
      const words = pattern === DEFINITION ? line : line.replace(DEFINITION, '');
      for (const { groups } of words.matchAll(new RegExp(pattern, 'gu'))) {
        if (groups?.label) found.add(labelKey(groups.label));
      }
      return line;
    });
  }
  return found;
}

/** Labels of links are the same in any case. */
function labelKey(label: string): string {
  return label.startsWith('^') ? label : label.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Applies `change` to each line that is not fenced code. */
function inProse(text: string, change: (line: string) => string): string {
  const lines = text.split('\n');
  const kinds = kindsOfLines(lines);
  return lines.map((line, at) => (kinds[at] === 'code' ? line : change(line))).join('\n');
}
