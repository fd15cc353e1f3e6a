import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '~db/client';
import { alias, noRow } from '~db/dialect';
import { digests, searchEntries } from '~db/schema';
import { engine } from './engine';
import type { SearchTerms } from './words';

/** A published digest that was found. */
export interface FoundDigest {
  id: string;
  /** `world`, M49 or alpha-2. */
  scope: string;
  /** A period's id. */
  period: string;
  publishedAt: number;
}

/**
 * Returns published digests that contain all words, newest first; only the newest version of each.
 * Each digest is checked separately, because digests are few while posts with the same words may be
 * very many.
 */
export async function searchDigests(
  db: Db,
  words: SearchTerms,
  limit: number,
): Promise<FoundDigest[]> {
  if (words.wanted.length === 0) return [];
  const newer = alias(digests, 'newer');
  const rows = await db
    .select({
      id: digests.id,
      scope: digests.scope,
      period: digests.period,
      publishedAt: digests.publishedAt,
    })
    .from(digests)
    .innerJoin(
      searchEntries,
      and(eq(searchEntries.kind, 'digest'), eq(searchEntries.ref, digests.id)),
    )
    .where(
      and(
        eq(digests.state, 'published'),
        engine.holds(searchEntries.entry, words),
        noRow(
          newer,
          eq(newer.scope, digests.scope),
          eq(newer.period, digests.period),
          eq(newer.state, 'published'),
          sql`${newer.version} > ${digests.version}`,
        ),
      ),
    )
    .orderBy(desc(digests.publishedAt), desc(digests.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt ?? 0 }));
}
