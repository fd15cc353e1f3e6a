import type { Config } from '~/platform/config';
import { type LikeliestKinds, likeliestKinds } from './likeliest-kinds';
import { likeliestMates, type PossibleMate, type Report, type Said } from './likeliest-mates';

/**
 * Ranks kinds and similar reports, for a person to choose from. Implemented by a language model or
 * built in.
 */
export interface Ranker {
  kinds(said: Said, n?: number): Promise<LikeliestKinds>;
  mates<Candidate extends PossibleMate>(
    report: Report,
    candidates: readonly Candidate[],
    n?: number,
  ): Promise<Candidate[]>;
}

/** Ranks by the words of the texts; works offline. */
export const builtInRanker: Ranker = {
  kinds: async ({ text, language }, n) => likeliestKinds(text, language, n),
  mates: async (report, candidates, n) => likeliestMates(report, candidates, n),
};

/** Returns the ranker for a site's configuration. */
export function rankerFor(_config: Pick<Config, 'llm'>): Ranker {
  return builtInRanker;
}
