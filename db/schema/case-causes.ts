/**
 * Why a case was opened: members flagged the post, the post is held for review, a pattern or check
 * matched, a legal notice names it, its author appeals, a moderator opened the case, or the author
 * disputes how a digest quotes it.
 */
export const CASE_CAUSES = [
  ...(['flag', 'held', 'rule', 'notice', 'appeal', 'moderator', 'dispute'] as const),
] as const;
export type CaseCause = (typeof CASE_CAUSES)[number];
