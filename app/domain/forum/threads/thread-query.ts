import { filterReader } from '~/domain/community/filters';
import type { Community } from '~/platform/community/community';
import { readPage } from '~/platform/paging';
import { THREAD_SORTS, type ThreadFilter, type ThreadSort } from './threads';

export interface ThreadQuery {
  filter: ThreadFilter;
  sort: ThreadSort;
  page: number;
  /** Parameters with unknown values; they are ignored. */
  unknown: string[];
}

/** The parameters that `readThreadQuery` reads. */
export const THREAD_PARAMETERS = [
  ...['conversation', 'pillar', 'region', 'country', 'industry', 'language', 'sort', 'page'],
] as const;

/** Reads the query of `/threads`. */
export function readThreadQuery(query: URLSearchParams, community: Community): ThreadQuery {
  const asked = filterReader(query, community);
  const known = (text: string) => THREAD_SORTS.find((sort) => sort === text) ?? null;
  return {
    filter: {
      conversation: asked.read('conversation', (slug) => slug),
      pillar: asked.pillar(),
      region: asked.region(),
      country: asked.country(),
      industry: asked.industry(),
      language: asked.language(),
    },
    sort: asked.read('sort', known) ?? 'latest',
    page: readPage(query.get('page')),
    unknown: asked.unknown,
  };
}
