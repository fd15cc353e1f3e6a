import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { anyRow } from '~db/dialect';
import { postBarriers, posts } from '~db/schema';

/**
 * Posts that can be evidence of a barrier: answers, not the openings of threads, of which neither
 * their author nor a moderator says that they report none. Whatever counts, quotes, groups or
 * offers reports asks for this. `of` is an alias of `posts`.
 */
export function mayReportBarrier(of: Pick<typeof posts, 'isOpening' | 'notBarrier'> = posts): SQL {
  return and(eq(of.isOpening, false), isNull(of.notBarrier)) as SQL;
}

/** Posts that have at least one of these kinds. */
export function ofKinds(kinds: readonly BarrierKind[]): SQL {
  return anyRow(
    postBarriers,
    eq(postBarriers.postId, posts.id),
    inArray(postBarriers.kind, [...kinds]),
  );
}
