import { suggestBarriers } from '~/domain/barriers/suggest';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';

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
 * Ranks the kinds of barrier that a contribution may be about, from its Markdown alone, offline,
 * the same for the same text.
 *
 * @param language the BCP 47 tag the text is said to be in; the text itself may overrule it
 * @param n how many kinds are offered, up to ten
 */
export function likeliestKinds(text: string, language = '', n = 3): LikeliestKinds {
  const { raises, kinds } = suggestBarriers(text, language);
  const ranked = new Set([...kinds.map(({ kind }) => kind), ...BY_FREQUENCY, ...BARRIER_KINDS]);
  return { kinds: [...ranked].slice(0, n), noBarrier: !raises };
}
