/** The sort orders for the contributions of a thread. */
export const POST_SORTS = ['oldest', 'newest', 'most-faced'] as const;

export type PostSort = (typeof POST_SORTS)[number];
