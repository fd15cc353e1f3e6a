import type { Config } from '~/platform/config';
import { likeliestKinds } from './likeliest-kinds';
import { likeliestMates, type Ranker } from './likeliest-mates';
import { modelRanker } from './model-ranker';

export type { Ranker };

/** Ranks offline by the words of the texts. */
export const builtInRanker: Ranker = {
  kinds: async ({ text, language }, n) => likeliestKinds(text, language, n),
  mates: async (report, candidates, n) => likeliestMates(report, candidates, n),
};

/** The ranker of a site: its language model where `LLM_URL` is set. Never in a transaction. */
export function rankerFor({ llm }: Pick<Config, 'llm'>): Ranker {
  return llm ? modelRanker(llm) : builtInRanker;
}
