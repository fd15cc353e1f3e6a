import { signsOf } from '~/domain/barriers/suggest';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import { learnedScores } from './learned';
import { nothingScore } from './reports-nothing';

/** What a text is most likely about; a person decides what it is about. */
export interface LikeliestKinds {
  /** Always as many as were asked for, the likeliest first. */
  kinds: BarrierKind[];
  /**
   * Whether it is likelier that the text reports no barrier (it denies one, tells what others say,
   * asks, thanks, advertises): "I am not reporting a barrier" is then offered before the kinds.
   */
  noBarrier: boolean;
}

/** Said not to be so anywhere, a kind may still be what the text is about. */
const DENIED = 0.25;

/** Above this score a text is taken to report no barrier; chosen with the tuned halves in sight. */
const REPORTS_NOTHING = -0.3;

/** How often people name each kind, the most often first: what is offered where a text says little. */
const BY_FREQUENCY: readonly BarrierKind[] = [
  'cost',
  'language',
  'connectivity',
  'skills',
  'data',
  'policy',
  'trust',
  'compute',
  'knowledge',
  'concentration',
];

/**
 * Ranks the kinds of barrier that a contribution may be about, from its Markdown alone, offline, the
 * same for the same text: by what the lexicon finds for each, and what its words speak for as learned
 * from labelled texts (docs/decisions/0058). There is no score from which on a kind is offered: three
 * of ten are, always.
 *
 * @param language the BCP 47 tag the text is said to be in; the text itself may overrule it
 * @param n how many kinds are offered, up to ten
 */
export function likeliestKinds(text: string, language = '', n = 3): LikeliestKinds {
  const signs = signsOf(text, language);
  const scores = learnedScores(text);
  const denied = new Set(signs.kinds.filter((sign) => sign.denied).map(({ kind }) => kind));
  for (const { kind, weight, denied: not } of signs.kinds) {
    if (not) continue;
    scores.set(kind, (scores.get(kind) ?? 0) + weight * (denied.has(kind) ? DENIED : 1));
  }
  const score = (kind: BarrierKind) => scores.get(kind) ?? 0;
  // The sort is stable: among equals the more frequent kind stands first.
  const kinds = [...new Set([...BY_FREQUENCY, ...BARRIER_KINDS])].sort(
    (a, b) => score(b) - score(a),
  );
  return { kinds: kinds.slice(0, n), noBarrier: nothingScore(text, signs) > REPORTS_NOTHING };
}
