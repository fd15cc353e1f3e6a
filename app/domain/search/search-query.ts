import { filterReader } from '~/domain/community/filters';
import type { BarrierKind, IndustrySection, Pillar } from '~/domain/community/vocabularies';
import { DAY } from '~/platform/clock';
import type { Community } from '~/platform/community/community';
import { readDay } from '~/platform/day';
import { readPage } from '~/platform/paging';
import type { CountryCode, RegionCode } from '~/platform/places/places';
import { readSearchTerms, type SearchTerms } from './words';

/** The filter for posts; all conditions must match. */
export interface SearchFilter {
  /** Pillar of the post or its thread. */
  pillar: Pillar | null;
  region: RegionCode | null;
  country: CountryCode | null;
  industry: IndustrySection | null;
  kind: BarrierKind | null;
  /** The slug of a public conversation. */
  conversation: string | null;
  /** BCP 47: `pt` also matches `pt-BR`. */
  language: string | null;
  /** A handle. */
  author: string | null;
  /** UTC milliseconds; start inclusive, end exclusive. */
  from: number | null;
  to: number | null;
}

export interface SearchQuery {
  words: SearchTerms;
  filter: SearchFilter;
  page: number;
  /** Parameters with unknown values; they are ignored. */
  unknown: string[];
}

export const FILTERS = [
  ...(['pillar', 'region', 'country', 'industry', 'kind', 'conversation'] as const),
  ...(['language', 'author', 'from', 'to'] as const),
] satisfies (keyof SearchFilter)[];

/**
 * Reads the query of `/search`. Days are UTC, and `to` is inclusive.
 * @param conversations those that can be chosen
 */
export function readSearchQuery(
  query: URLSearchParams,
  community: Community,
  conversations: readonly { slug: string }[],
): SearchQuery {
  const asked = filterReader(query, community);
  return {
    words: readSearchTerms(query.get('q') ?? ''),
    filter: {
      pillar: asked.pillar(),
      region: asked.region(),
      country: asked.country(),
      industry: asked.industry(),
      kind: asked.kind(),
      conversation: asked.conversation(conversations),
      language: asked.language(),
      author: asked.read('author', (text) => text.replace(/^@/, '')),
      from: asked.read('from', readDay),
      to: asked.read('to', (text) => {
        const start = readDay(text);
        return start === null ? null : start + DAY;
      }),
    },
    page: readPage(query.get('page')),
    unknown: asked.unknown,
  };
}
