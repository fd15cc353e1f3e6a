import { hasCueWords, LEARNED_KINDS } from '~/domain/barriers/lexicon';
import { signsOf } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Community } from '~/platform/community/community';
import learned from '~db/seed/lexicon/kinds.json';
import { featuresOf, wordScores } from './learned';
import { OFFERED_FIRST_FROM, oddsOfNothing, REPORTS_NONE_FROM } from './reports-nothing';

/** The kinds of barrier that a text is most likely about; a person makes the choice. */
export interface LikeliestKinds {
  /** As many as requested where the site has them, most likely first. */
  kinds: BarrierKind[];
  /**
   * True if the text more likely reports no barrier (it denies one, repeats what others say, asks,
   * thanks or advertises): "I am not reporting a barrier" is then offered before the kinds.
   */
  noBarrier: boolean;
}

/** What the built-in ranking also says. */
export interface ReadKinds extends LikeliestKinds {
  /** True if the text is taken to report no barrier where nobody is asked; `noBarrier` is then true as well. */
  reportsNone: boolean;
}

/** The beginning that is read, in UTF-16 units: it has the subject, and a page waits for it. */
const MOST_READ = 4000;

/** Weight of a kind that the text denies anywhere; the text may still be about it. */
const DENIED = 0.25;

/**
 * The kinds by how often people choose them, most frequent first: offered if a text gives little
 * evidence.
 */
const BY_FREQUENCY: readonly BarrierKind[] = learned.byFrequency;

/** The kinds of a site, and the words by which it recognises them. */
export type KindsOfSite = Pick<Community, 'kinds' | 'cueWords'>;

const BUILT_IN: KindsOfSite = { kinds: LEARNED_KINDS, cueWords: new Map() };

/**
 * Scores the kinds of barrier that a contribution may be about, from its Markdown alone; works
 * offline and deterministically. The scores come from the lexicon's matches, and from the weights of
 * words (docs/decisions/0058); they are roughly logarithms of likelihood.
 */
function readKinds(body: string, language: string, { cueWords }: KindsOfSite = BUILT_IN) {
  const text = body.slice(0, MOST_READ);
  const signs = signsOf(text, language, cueWords);
  const features = featuresOf(text);
  const scores = wordScores(features, signs.language ?? 'en');
  const denied = new Set(signs.kinds.filter((sign) => sign.denied).map(({ kind }) => kind));
  for (const { kind, weight, denied: not } of signs.kinds) {
    if (not) continue;
    scores.set(kind, (scores.get(kind) ?? 0) + weight * (denied.has(kind) ? DENIED : 1));
  }
  const score = (kind: BarrierKind) => scores.get(kind) ?? 0;
  return { score, odds: () => oddsOfNothing(text, signs, features) };
}

/** Returns the kinds of a site that can be told by their words, most likely first; arguments as of `likeliestKinds`. */
export function kindsByLikelihood(body: string, language: string, site: KindsOfSite) {
  return sorted(readKinds(body, language, site).score, site);
}

function sorted(score: (kind: BarrierKind) => number, site: KindsOfSite): BarrierKind[] {
  // The sort is stable, so of equal kinds the more frequent one comes first.
  return [...new Set([...BY_FREQUENCY, ...site.kinds])]
    .filter((kind) => site.kinds.includes(kind) && hasCueWords(kind, site.cueWords))
    .sort((a, b) => score(b) - score(a));
}

/**
 * Ranks kinds of barrier. There is no minimum score: `n` of those that can be told by their words are
 * always offered.
 *
 * @param language the declared BCP 47 tag of the text; the text itself may override it
 * @param n number of kinds to return
 * @param site its kinds; those without cue words are left out
 */
export function likeliestKinds(
  body: string,
  language = '',
  n = 3,
  site: KindsOfSite = BUILT_IN,
): ReadKinds {
  const read = readKinds(body, language, site);
  const odds = read.odds();
  return {
    kinds: sorted(read.score, site).slice(0, n),
    noBarrier: odds > OFFERED_FIRST_FROM,
    reportsNone: odds > REPORTS_NONE_FROM,
  };
}

/** How likely a text reports each kind (together 1), and any. */
export interface Likelihoods {
  kinds: ReadonlyMap<BarrierKind, number>;
  reports: number;
}

/** Returns how likely a text reports each kind of barrier; arguments as of `likeliestKinds`. */
export function likelihoodsOf(body: string, language = ''): Likelihoods {
  const { score, odds } = readKinds(body, language);
  const weights = LEARNED_KINDS.map((kind): [BarrierKind, number] => [kind, Math.exp(score(kind))]);
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return {
    kinds: new Map(weights.map(([kind, weight]) => [kind, weight / sum])),
    reports: 1 / (1 + Math.exp(odds())),
  };
}
