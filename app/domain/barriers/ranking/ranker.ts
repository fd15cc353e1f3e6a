import type { AppContext } from '~/platform/app-context';
import type { Config } from '~/platform/config';
import { type KindsOfSite, likeliestKinds } from './likeliest-kinds';
import { likeliestMates, type Ranker } from './likeliest-mates';
import { modelRanker } from './model-ranker';

export type { Ranker };

/** Ranks offline by the words of the texts. */
export function rankerByWords(site?: KindsOfSite): Ranker {
  return {
    kinds: async ({ text, language }, n) => likeliestKinds(text, language, n, site),
    mates: async (report, candidates, n) => likeliestMates(report, candidates, n),
  };
}

/** The ranker of a site: its language model where `LLM_URL` is set. Never in a transaction. */
export function rankerFor({
  config: { llm },
  community,
}: Pick<AppContext, 'community'> & { config: Pick<Config, 'llm'> }): Ranker {
  return llm ? modelRanker(llm, community) : rankerByWords(community);
}
