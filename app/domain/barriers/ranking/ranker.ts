import type { Config } from '~/platform/config';
import { type LikeliestKinds, likeliestKinds } from './likeliest-kinds';
import { likeliestMates, type PossibleMate, type Report, type Said } from './likeliest-mates';

/** What ranks kinds and mates for a person to choose among; by a language model or built in. */
export interface Ranker {
  kinds(said: Said, n?: number): Promise<LikeliestKinds>;
  mates<Candidate extends PossibleMate>(
    report: Report,
    candidates: readonly Candidate[],
    n?: number,
  ): Promise<Candidate[]>;
}

/** Ranks offline by the words of the texts. */
export const builtInRanker: Ranker = {
  kinds: async ({ text, language }, n) => likeliestKinds(text, language, n),
  mates: async (report, candidates, n) => likeliestMates(report, candidates, n),
};

/** The ranker that a site uses. */
export function rankerFor(_config: Pick<Config, 'llm'>): Ranker {
  return builtInRanker;
}
