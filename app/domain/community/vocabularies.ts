/**
 * The vocabularies of posts, barriers and decisions. Pillars, kinds of barrier and terms are data of
 * the community (`AppContext.community`). The other lists are fixed: they are in db/seed, their
 * wording in the `vocabulary` catalogues, and their slugs here as types, because they are part of
 * the public interface; tests check that the two agree.
 */
import industries from '~db/seed/industries.json';
import rules from '~db/seed/rules.json';

/** The slug of a field of action, such as `education`; see `Community.pillars`. */
export type Pillar = string;

/** The slug of a kind of barrier, such as `cost`; see `Community.kinds`. */
export type BarrierKind = string;

/** The impact of a barrier in three steps: `barriers.impact.STEP`. */
export type Impact = 1 | 2 | 3;

/** A section of ISIC Rev. 4, the UN's classification: `vocabulary.industry.SECTION`. */
export type IndustrySection =
  | ('A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K')
  | ('L' | 'M' | 'N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U');

/** A reason for flagging a post: `vocabulary.flag.SLUG`. Each is also a rule. */
export type FlagReason =
  | 'spam'
  | 'harassment'
  | 'off-topic'
  | 'misinformation'
  | 'private-data'
  | 'illegal'
  | 'other';

/** The rule of a moderator's decision: `vocabulary.rule.SLUG.title` and `.text`. */
export type RuleSlug =
  | FlagReason
  | ('hate' | 'impersonation' | 'copyright' | 'graphic' | 'generated' | 'evasion')
  | ('duplicate' | 'tidy');

/* In the order in which they are always shown. */
export const IMPACTS: readonly Impact[] = [1, 2, 3];
export const INDUSTRIES = industries.map(({ section }) => section) as readonly IndustrySection[];
export const RULES = rules.map(({ slug }) => slug) as readonly RuleSlug[];
export const FLAG_REASONS = rules
  .filter(({ flagReason }) => flagReason)
  .map(({ slug }) => slug) as readonly FlagReason[];

export const isIndustry = memberOf(INDUSTRIES);
export const isFlagReason = memberOf(FLAG_REASONS);
export const isRule = memberOf(RULES);

/** Returns a type guard for text from outside; the spelling must match exactly. */
function memberOf<Slug extends string>(list: readonly Slug[]): (text: string) => text is Slug {
  const members = new Set<string>(list);
  return (text): text is Slug => members.has(text);
}
