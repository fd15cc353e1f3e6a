import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { anyRow } from '~db/dialect';
import { postBarriers, posts } from '~db/schema';
import type { Post } from './posts';

/**
 * Posts that can be evidence of a barrier: answers, not the openings of threads, of which neither
 * their author nor a moderator says that they report none. Whatever counts, quotes, groups or
 * offers reports asks for this. `of` is an alias of `posts`.
 */
export function mayReportBarrier(of: Pick<typeof posts, 'isOpening' | 'notBarrier'> = posts): SQL {
  return and(eq(of.isOpening, false), isNull(of.notBarrier)) as SQL;
}

/** True for the first question of an article, which asks for barriers: its answers are reports. */
export function takesReports({ questionNumber }: { questionNumber: number | null }): boolean {
  return questionNumber === 1;
}

/**
 * True for a post that reports a barrier, so that others can say "I face this too": in any thread if
 * it names a kind of barrier, and always in one that asks for reports.
 */
export function reportsBarrier(
  post: Pick<Post, 'isOpening' | 'notBarrier' | 'barriers' | 'questionNumber'>,
): boolean {
  const { isOpening, notBarrier, barriers } = post;
  return !isOpening && notBarrier === null && (takesReports(post) || barriers.length > 0);
}

/** Posts that have at least one of these kinds. */
export function ofKinds(kinds: readonly BarrierKind[]): SQL {
  return anyRow(
    postBarriers,
    eq(postBarriers.postId, posts.id),
    inArray(postBarriers.kind, [...kinds]),
  );
}
