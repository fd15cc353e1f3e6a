/* Fixed lists that pages show, in a module without database access. */

export { CASE_CAUSES } from '~db/schema/case-causes';

/** Decisions that can be made for many cases at once. */
export const BULK_ACTIONS = ['hide', 'spam-clean', 'dismiss'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** `oldest` and `newest`: by the time the case was opened; `flags`: most flags first */
export const QUEUE_SORTS = ['oldest', 'newest', 'flags'] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

/** By claim: unclaimed, claimed by the moderator, claimed by others. */
export const CLAIMS = ['free', 'mine', 'others'] as const;

/** Filters for cases that have waited longer than this, in hours. */
export const AGES = [1, 24, 72] as const;

/** The figures for each month in the public log. */
export const MEASURES = [
  ...(['flags', 'hide', 'restore', 'approve', 'dismiss', 'warn', 'limit'] as const),
  ...(['other', 'appeals', 'reversed'] as const),
] as const;
export type Measure = (typeof MEASURES)[number];
