import { isIndustry } from '~/domain/community/vocabularies';
import type { Community } from '~/platform/community/community';
import { readLanguage } from '~/platform/languages/tags';
import { isRegion } from '~/platform/places/places';
import { findCountry } from '~/platform/places/typed';

/**
 * Reads the filters of a list from its query, one by one. Those with unknown values are ignored and
 * named in `unknown`. Of a merged pillar or kind, the one that it was merged into is meant. A country
 * may be given by its code or any usual name, a conversation by its slug, if it is among those given.
 */
export function filterReader(query: URLSearchParams, community: Community) {
  const unknown: string[] = [];

  function read<T>(name: string, parse: (text: string) => T | null): T | null {
    const text = query.get(name)?.trim();
    if (!text) return null;
    const value = parse(text);
    if (value === null) unknown.push(name);
    return value;
  }

  return {
    unknown,
    read,
    region: () => read('region', (text) => (isRegion(text) ? text : null)),
    country: () => read('country', findCountry),
    industry: () => read('industry', (text) => (isIndustry(text) ? text : null)),
    pillar: () => read('pillar', (text) => community.resolve('pillar', text)),
    kind: () => read('kind', (text) => community.resolve('barrier', text)),
    language: () => read('language', readLanguage),
    conversation: (among: readonly { slug: string }[]) =>
      read('conversation', (text) => (among.some(({ slug }) => slug === text) ? text : null)),
  };
}
