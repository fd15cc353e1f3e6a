import { and, eq } from 'drizzle-orm';
import { type Reader, readablePost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import { findPost } from './posts';

/** As much as a quotation takes of a text, in UTF-16 code units: an answer needs room too. */
const LONGEST = 8000;

/** A post that can be quoted, in its paragraphs. */
export interface Quotable {
  id: string;
  threadId: string;
  author: { handle: string; name: string | null };
  language: string;
  /** Markdown, without what the author quoted themselves. */
  paragraphs: string[];
}

/** A post with its words as they were typed, if the reader may see it. */
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

/** Blocks apart by empty lines, fenced code whole; quotations in it stay out, so that none nests. */
export function paragraphsOf(body: string): string[] {
  const blocks: string[][] = [[]];
  let fence = '';
  for (const line of body.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && line.trim() === '') {
      blocks.push([]);
      continue;
    }
    blocks.at(-1)?.push(line);
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
  }
  return blocks
    .map((lines) => lines.join('\n'))
    .filter((text) => text !== '' && !/^ {0,3}>/.test(text));
}

/**
 * The Markdown that quotes a post: who said it, with a link to where it stands, and the paragraphs
 * of the given numbers (from 0), or all. `attribution` is plain text, such as "Kofi wrote".
 */
export function quotation(
  paragraphs: string[],
  chosen: number[],
  { attribution, url }: { attribution: string; url: string },
): string {
  const wanted = chosen.length > 0 ? paragraphs.filter((_, at) => chosen.includes(at)) : paragraphs;
  let length = 0;
  const fitting = wanted.filter((text) => {
    length += text.length;
    return length <= LONGEST;
  });
  const label = attribution.replace(/[\\[\]*_`<>~!]/g, '\\$&');
  const lines = [`[${label}](${url}):`, ...fitting].join('\n\n').split('\n');
  return `${lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')}\n\n`;
}
