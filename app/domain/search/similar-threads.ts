import { and, eq, sql } from 'drizzle-orm';
import { publicPost } from '~/domain/forum/visibility';
import { isSpaceless, tokenize, wordsOf } from '~/platform/text/tokens';
import type { Db } from '~db/client';
import { posts, searchEntries, threads } from '~db/schema';
import { engine } from './engine';
import { hitsIn } from './hits';
import type { Term } from './words';

/** A thread that may be about the same subject. */
export interface SimilarThread {
  id: string;
  slug: string;
  title: string;
  /** BCP 47. */
  language: string;
}

/** Maximum number of words of a title that are compared, and minimum number of shared words. */
const MOST_WORDS = 24;
const LEAST_SHARED = 2;
const LEAST_SHARE = 1 / 3;

/** Number of candidates by rank, which are then compared word by word. */
const CANDIDATES = 30;

/**
 * Returns public threads similar to a new title, most similar first. A thread must share at least
 * two and a third of the title's longer words with its own title and the beginning of its opening
 * post, and at least one of them with the title.
 */
export async function similarThreads(
  db: Db,
  title: string,
  limit: number,
): Promise<SimilarThread[]> {
  const terms = tellingWords(title);
  if (terms.length === 0) return [];
  const candidates = await db
    .select({
      id: threads.id,
      slug: threads.slug,
      title: threads.title,
      language: threads.language,
      excerpt: posts.excerpt,
    })
    .from(posts)
    .innerJoin(searchEntries, and(eq(searchEntries.kind, 'post'), eq(searchEntries.ref, posts.id)))
    .innerJoin(engine.resembling(terms), sql`found.entry = ${searchEntries.entry}`)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.isOpening, true), publicPost()))
    .orderBy(sql`found.rank`)
    .limit(CANDIDATES);
  const needed = Math.max(LEAST_SHARED, Math.ceil(terms.length * LEAST_SHARE));
  return candidates
    .filter(({ title: other, excerpt }) => {
      const tokens = tokenize(`${other}\n${excerpt}`);
      const shared = terms.filter((term) => hitsIn(tokens, [term]).length > 0);
      return shared.length >= Math.min(needed, terms.length);
    })
    .slice(0, limit)
    .map(({ excerpt: _compared, ...thread }) => thread);
}

/** Returns the meaningful words of a title; short words are usually function words. */
function tellingWords(title: string): Term[] {
  const terms = new Map<string, Term>();
  for (const word of wordsOf(title)) {
    const tokens = word.map(({ folded }) => folded);
    const spaceless = isSpaceless(tokens[0] ?? '');
    const letters = tokens.join('').length;
    if (letters < (spaceless ? 2 : shortest(tokens[0] ?? ''))) continue;
    terms.set(tokens.join(' '), { tokens, prefix: !spaceless });
  }
  return [...terms.values()].slice(0, MOST_WORDS);
}

/** Scripts that omit vowels need three letters where others need four. */
function shortest(word: string): number {
  return /^[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(word) ? 3 : 4;
}
