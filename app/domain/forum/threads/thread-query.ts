import { isIndustry, isPillar } from '~/domain/community/vocabularies';
import type { Locale } from '~/platform/i18n/locales';
import { readPage } from '~/platform/paging';
import { findCountry } from '~/platform/places/find';
import { isRegion } from '~/platform/places/places';
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
  ...['pillar', 'region', 'country', 'industry', 'language', 'sort', 'page'],
] as const;

/**
 * Reads the query of `/threads`. A country may be given by code, or by name in the visitor's
 * language or in English.
 */
export function readThreadQuery(query: URLSearchParams, locale: Locale): ThreadQuery {
  const unknown: string[] = [];

  function read<T>(name: string, parse: (text: string) => T | null): T | null {
    const text = query.get(name)?.trim();
    if (!text) return null;
    const value = parse(text);
    if (value === null) unknown.push(name);
    return value;
  }

  return {
    filter: {
      pillar: read('pillar', (text) => (isPillar(text) ? text : null)),
      region: read('region', (text) => (isRegion(text) ? text : null)),
      country: read('country', (text) => findCountry(text, locale)),
      industry: read('industry', (text) => (isIndustry(text) ? text : null)),
      language: read('language', languageTag),
    },
    sort: read('sort', (text) => THREAD_SORTS.find((sort) => sort === text) ?? null) ?? 'latest',
    page: readPage(query.get('page')),
    unknown,
  };
}

/** Returns a BCP 47 tag in its canonical form. */
function languageTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}
