import { and, eq } from 'drizzle-orm';
import type { Author } from '~/domain/accounts/users/profile';
import { type Reader, readablePost } from '~/domain/forum/visibility';
import { normalizeLineEnds, removeControls } from '~/platform/markdown/source';
import { kindsOfLines } from '~/platform/markdown/source-lines';
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

/** A reference to a footnote; also matches escapes and code, so that they are skipped. */
const NOTE_MARK = /\\.|(?<!`)(?<code>`+)(?!`).*?(?<!`)\k<code>(?!`)|\[\^(?<label>[^\]\n]+)\]/g;

/** The beginning of a footnote's text. */
const NOTE = /^ {0,3}\[\^(?<label>[^\]\n]+)\]:[ \t]*/;

/**
 * Returns the Markdown that quotes a post: the author with a link to the post, and the paragraphs
 * with the given numbers (from 0), or all, with the footnotes they mention. `attribution` is plain
 * text, such as "Kofi wrote".
 */
export function quotation(
  paragraphs: string[],
  chosen: number[],
  { attribution, url }: { attribution: string; url: string },
): string {
  const numbers = new Set(chosen);
  const wanted = numbers.size > 0 ? paragraphs.filter((_, at) => numbers.has(at)) : paragraphs;
  let length = 0;
  const fitting = withNotes(wanted, paragraphs).filter((text) => {
    length += text.length;
    return length <= LONGEST;
  });
  const label = attribution.replace(/[\\[\]*_`<>~!]/g, '\\$&');
  const lines = [`[${label}](${url}):`, ...ownNotesOnly(fitting)].join('\n\n').split('\n');
  return `${lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')}\n\n`;
}

/** Returns paragraphs with the footnotes that they refer to. */
function withNotes(chosen: string[], all: string[]): string[] {
  const there = labels(chosen, NOTE);
  const missing = [...labels(chosen, NOTE_MARK)].filter((label) => !there.has(label));
  const isMissing = (text: string) => missing.some((label) => labels([text], NOTE).has(label));
  return [...chosen, ...all.filter(isMissing)];
}

/**
 * Escapes references without a footnote and footnotes without a reference: such a reference could
 * link to a footnote of the person who quotes, and such a footnote would not be shown.
 */
function ownNotesOnly(paragraphs: string[]): string[] {
  const mentioned = labels(paragraphs, NOTE_MARK);
  const notes = labels(paragraphs, NOTE);
  return paragraphs.map((text) =>
    inProse(text, (line) => {
      const [start = '', label = ''] = NOTE.exec(line) ?? [];
      const rest = line.slice(start.length).replace(NOTE_MARK, (...match) => {
        const [mark] = match;
        const { label } = match.at(-1) as { label?: string };
        return label === undefined || notes.has(label) ? mark : `\\${mark}`;
      });
      return mentioned.has(label) ? start + rest : rest;
    }),
  );
}

/** Returns the labels of the footnotes (`NOTE`) or references (`NOTE_MARK`) in paragraphs. */
function labels(paragraphs: string[], pattern: RegExp): Set<string> {
  const found = new Set<string>();
  for (const text of paragraphs) {
    inProse(text, (line) => {
      const words = pattern === NOTE ? line : line.replace(NOTE, '');
      for (const { groups } of words.matchAll(new RegExp(pattern, 'g'))) {
        if (groups?.label) found.add(groups.label);
      }
      return line;
    });
  }
  return found;
}

/** Applies `change` to each line that is not fenced code. */
function inProse(text: string, change: (line: string) => string): string {
  const lines = text.split('\n');
  const kinds = kindsOfLines(lines);
  return lines.map((line, at) => (kinds[at] === 'code' ? line : change(line))).join('\n');
}
