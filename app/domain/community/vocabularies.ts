/**
 * The fixed vocabularies for posts, barriers and decisions. The lists and their order are in
 * db/seed, their wording in the `vocabulary` catalogues. The slugs are repeated here as types,
 * because they are part of the public interface; tests check that the two agree.
 */
import barrierKinds from '~db/seed/barrier-kinds.json';
import glossary from '~db/seed/glossary.json';
import industries from '~db/seed/industries.json';
import pillars from '~db/seed/pillars.json';
import rules from '~db/seed/rules.json';

/** A field of action: `vocabulary.pillar.SLUG.name` and `.short`. */
export type Pillar = 'open-source' | 'education' | 'infrastructure' | 'policy';

/** A kind of barrier to using AI: `vocabulary.barrier.SLUG.name` and `.description`. */
export type BarrierKind =
  | 'compute'
  | 'data'
  | 'language'
  | 'connectivity'
  | 'cost'
  | 'skills'
  | 'knowledge'
  | 'policy'
  | 'concentration'
  | 'trust';

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

/** A glossary entry. `term` and `definition` are keys of the `vocabulary` catalogue. */
export interface GlossaryEntry {
  readonly slug: string;
  readonly term: string;
  readonly definition: string;
}

/** In the order in which they are always shown. */
export const PILLARS = slugsInOrder<Pillar>(pillars);
export const BARRIER_KINDS = slugsInOrder<BarrierKind>(barrierKinds);
export const IMPACTS: readonly Impact[] = [1, 2, 3];
export const INDUSTRIES = industries.map(({ section }) => section) as readonly IndustrySection[];
export const RULES = rules.map(({ slug }) => slug) as readonly RuleSlug[];
export const FLAG_REASONS = rules
  .filter(({ flagReason }) => flagReason)
  .map(({ slug }) => slug) as readonly FlagReason[];
export const GLOSSARY: readonly GlossaryEntry[] = glossary;

export const isPillar = memberOf(PILLARS);
export const isBarrierKind = memberOf(BARRIER_KINDS);
export const isIndustry = memberOf(INDUSTRIES);
export const isFlagReason = memberOf(FLAG_REASONS);
export const isRule = memberOf(RULES);

function slugsInOrder<Slug extends string>(rows: { slug: string; order: number }[]) {
  const sorted = [...rows].sort((a, b) => a.order - b.order);
  return sorted.map(({ slug }) => slug) as readonly string[] as readonly Slug[];
}

/** Returns a type guard for text from outside; the spelling must match exactly. */
function memberOf<Slug extends string>(list: readonly Slug[]): (text: string) => text is Slug {
  const members = new Set<string>(list);
  return (text): text is Slug => members.has(text);
}
