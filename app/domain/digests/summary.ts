import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import type { Db } from '~db/client';
import { digests } from '~db/schema';

/** What a list shows of a digest at a glance: public numbers only. */
export interface Glance {
  /** Distinct people; null where the number is too small to be public. */
  people: number | null;
  /** The kinds of barrier with a public number, in the digest's order. */
  kinds: { kind: BarrierKind; people: number }[];
}

/** As much of a stored content as a glance takes; the whole was checked when it was stored. */
const glanced = z.object({
  totals: z.object({ people: z.number().nullable() }),
  barriers: z.array(z.object({ kind: z.enum(BARRIER_KINDS), people: z.number().nullable() })),
});

/** Glances at digests, by their ids; one query. */
export async function glanceAt(db: Db, ids: readonly string[]): Promise<Map<string, Glance>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: digests.id, content: digests.content })
    .from(digests)
    .where(inArray(digests.id, [...ids]));
  return new Map(
    rows.map(({ id, content }) => {
      const { totals, barriers } = glanced.parse(content);
      const kinds = barriers.flatMap(({ kind, people }) =>
        people === null ? [] : [{ kind, people }],
      );
      return [id, { people: totals.people, kinds }];
    }),
  );
}
