/*
 * Closed lists that pages show, apart from what reads the database.
 */

export { CASE_CAUSES } from '~db/schema/case-causes';

/** What can be decided about many cases at once. */
export const BULK_ACTIONS = ['hide', 'spam-clean', 'dismiss'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** - `oldest`, `newest`: by when the case was opened · `flags`: most flags first */
export const QUEUE_SORTS = ['oldest', 'newest', 'flags'] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

/** Whose cases: nobody's, one's own, those that others have taken. */
export const CLAIMS = ['free', 'mine', 'others'] as const;

/** Cases that wait for longer than so many hours. */
export const AGES = [1, 24, 72] as const;

/** What is counted of each month in the public log. */
export const MEASURES = [
  ...(['flags', 'hide', 'restore', 'approve', 'dismiss', 'warn', 'limit'] as const),
  ...(['other', 'appeals', 'reversed'] as const),
] as const;
export type Measure = (typeof MEASURES)[number];
