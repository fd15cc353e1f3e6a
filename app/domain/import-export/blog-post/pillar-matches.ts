import { overlap } from '~/domain/digests/terms';
import { foldedTokens } from '~/platform/text/tokens';

/** A pillar that the community has, with its names and short names in every language. */
export interface ExistingPillar {
  slug: string;
  names: readonly string[];
}

export interface PillarMatch {
  name: string;
  /** `exact`: the same words; `likely`: most words are the same, to be confirmed by a person. */
  match: 'exact' | 'likely' | 'new';
  /** The existing pillar; null if it is new. */
  slug: string | null;
}

/** Share of common words from which two names may mean the same pillar. */
const LIKELY_FROM = 0.4;

/**
 * Matches the pillars of a post with those that exist. A name that resembles two of them equally is
 * new: which one is meant cannot be told.
 */
export function pillarMatches(
  found: readonly string[],
  existing: readonly ExistingPillar[],
): PillarMatch[] {
  return found.map((name) => {
    const ranked = existing
      .map(({ slug, names }) => ({
        slug,
        alike: Math.max(0, ...names.map((each) => likeness(name, each))),
      }))
      .sort((left, right) => right.alike - left.alike);
    const [best, second] = ranked;
    const isTie = best?.alike === second?.alike;
    if (!best || isTie || best.alike < LIKELY_FROM) return { name, match: 'new', slug: null };
    return { name, match: best.alike === 1 ? 'exact' : 'likely', slug: best.slug };
  });
}

/** 1 for the same words; a name whose words are all in the other resembles it, however short. */
function likeness(one: string, other: string): number {
  const words = wordsOf(one);
  const others = wordsOf(other);
  const shared = overlap(words, others);
  const smaller = words.size < others.size ? words : others;
  const larger = smaller === words ? others : words;
  const inside = smaller.size > 0 && [...smaller].every((word) => larger.has(word));
  return inside ? Math.max(shared, LIKELY_FROM) : shared;
}

function wordsOf(text: string): Set<string> {
  return new Set(foldedTokens(text));
}
