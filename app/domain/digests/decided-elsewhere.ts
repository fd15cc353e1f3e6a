import { aliasedTable, and, eq, inArray, isNotNull, max, ne, or } from 'drizzle-orm';
import type { Db } from '~db/client';
import { digestSources, digests } from '~db/schema';
import type { DigestKey } from './digest-key';
import type { Period } from './period';
import { type Press, presses } from './presses';

/** A press at another digest. */
export type PressElsewhere = Press & { digestId: string };

/**
 * Returns what moderators decided about quotes of these posts at other digests, drafts included, oldest
 * first. Of a place and period the newest version says it. Decisions from before their time was stored are
 * left out.
 */
export async function decidedElsewhere(
  db: Db,
  { scope, period }: { scope: DigestKey; period: Period },
  postIds: readonly string[],
): Promise<PressElsewhere[]> {
  if (postIds.length === 0) return [];
  const versions = aliasedTable(digests, 'versions');
  const newest = db
    .select({ version: max(versions.version) })
    .from(versions)
    .where(and(eq(versions.scope, digests.scope), eq(versions.period, digests.period)));
  const using = db
    .select({ id: digestSources.digestId })
    .from(digestSources)
    .where(inArray(digestSources.postId, [...postIds]));
  const rows = await db
    .select({ id: digests.id, presses: digests.presses })
    .from(digests)
    .where(
      and(
        isNotNull(digests.presses),
        or(ne(digests.scope, scope), ne(digests.period, period.id)),
        or(eq(digests.state, 'draft'), inArray(digests.id, using)),
        eq(digests.version, newest),
      ),
    );
  return rows
    .flatMap((row) => presses.parse(row.presses).map((press) => ({ ...press, digestId: row.id })))
    .filter(({ at, quote }) => at !== undefined && postIds.includes(quote.postId))
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
}
