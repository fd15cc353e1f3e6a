import { eq } from 'drizzle-orm';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { type conversations, threads } from '~db/schema';

const LONGEST = 60;

/** What slugs of threads and conversations consist of. */
export const SLUG = /^[\p{L}\p{M}\p{N}-]+$/u;

/** The slug of a title without letters and digits. */
const NAMELESS = 'thread';

/**
 * Returns the readable part of a URL, in the script of its title: letters, marks and digits in
 * lower case, anything else as one hyphen, at most `longest` characters, cut between words if
 * possible.
 */
export function slugOf(title: string, longest = LONGEST): string {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    // An apostrophe joins: "don't" is one word.
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return cut(words, longest) || NAMELESS;
}

/**
 * Returns the slug, or with `-2`, `-3`… if another thread, or another conversation, has it. The slug
 * of a thread never changes, nor that of a conversation.
 */
export async function freeSlug(
  tx: Db,
  wish: string,
  among: typeof threads | typeof conversations = threads,
): Promise<string> {
  let slug = wish;
  for (let n = 2; await isTaken(tx, slug, among); n++) slug = numbered(wish, n);
  return slug;
}

async function isTaken(
  tx: Db,
  slug: string,
  among: typeof threads | typeof conversations,
): Promise<boolean> {
  return (await countOf(tx, among, eq(among.slug, slug))) > 0;
}

function numbered(wish: string, n: number): string {
  const ending = `-${n}`;
  return cut(wish, LONGEST - ending.length) + ending;
}

/** Cuts to at most `longest` UTF-16 units, between words or else between characters. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const beginning = text.slice(0, longest + 1);
  const gap = beginning.lastIndexOf('-');
  if (gap > longest / 2) return beginning.slice(0, gap);
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('und').segment(beginning)) {
    if (index + segment.length > longest) break;
    end = index + segment.length;
  }
  return beginning.slice(0, end);
}
