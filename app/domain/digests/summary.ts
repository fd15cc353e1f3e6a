import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Db } from '~db/client';
import { digests } from '~db/schema';

/** A short summary of a digest for lists: public numbers only. */
export interface DigestSummary {
  /** Number of distinct people; null if it is too small to be public. */
  people: number | null;
  /** The kinds of barrier with a public number, in the digest's order. */
  kinds: { kind: BarrierKind; people: number }[];
}

/** The part of the stored content that a summary needs; the whole was validated when stored. */
const summarised = z.object({
  totals: z.object({ people: z.number().nullable() }),
  barriers: z.array(z.object({ kind: z.string(), people: z.number().nullable() })),
});

/** Returns summaries of digests by id, without those whose content cannot be read; one query. */
export async function summariesOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, DigestSummary>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: digests.id, content: digests.content })
    .from(digests)
    .where(inArray(digests.id, [...ids]));
  return new Map(
    rows.flatMap(({ id, content }) => {
      const { success, data } = summarised.safeParse(content);
      if (!success) return [];
      const kinds = data.barriers.flatMap(({ kind, people }) =>
        people === null ? [] : [{ kind, people }],
      );
      return [[id, { people: data.totals.people, kinds }]];
    }),
  );
}
