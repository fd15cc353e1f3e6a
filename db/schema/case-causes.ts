/**
 * Why a matter is before the moderators: members flagged it, it waits to be published, a pattern
 * or check found it, a notice of illegal content names it, its author appeals, a moderator
 * took it up unasked, or its author objects to how a digest quotes it.
 */
export const CASE_CAUSES = [
  ...(['flag', 'held', 'rule', 'notice', 'appeal', 'moderator', 'dispute'] as const),
] as const;
export type CaseCause = (typeof CASE_CAUSES)[number];
