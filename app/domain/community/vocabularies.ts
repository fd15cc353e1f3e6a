/**
 * The vocabularies of posts, barriers and decisions. Pillars, kinds of barrier, terms and rules are data of
 * the community (`AppContext.community`), as are the names of industries and which are offered. The
 * sections themselves are a standard, and part of the public interface.
 */

/** The slug of a field of action, such as `education`; see `Community.pillars`. */
export type Pillar = string;

/** The slug of a kind of barrier, such as `cost`; see `Community.kinds`. */
export type BarrierKind = string;

/** The rule of a moderator's decision; see `Community.rules`. */
export type RuleSlug = string;

/** A reason for flagging a post. Each is also a rule; see `Community.flagReasons`. */
export type FlagReason = RuleSlug;

/** The impact of a barrier in three steps: `barriers.impact.STEP`. */
export type Impact = 1 | 2 | 3;

/* In the order in which they are always shown. */
export const IMPACTS: readonly Impact[] = [1, 2, 3];

/** The sections of ISIC Rev. 4, the UN's classification of industries. */
export const INDUSTRIES = [
  ...(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K'] as const),
  ...(['L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U'] as const),
];

export type IndustrySection = (typeof INDUSTRIES)[number];

/** True for a section, in exact spelling. */
export function isIndustry(text: string): text is IndustrySection {
  return (INDUSTRIES as readonly string[]).includes(text);
}
