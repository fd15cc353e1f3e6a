/** The orders in which the contributions of a thread can be read. */
export const POST_SORTS = ['oldest', 'newest', 'most-faced'] as const;

export type PostSort = (typeof POST_SORTS)[number];
