import {
  type BarrierKind,
  type IndustrySection,
  isBarrierKind,
  isIndustry,
  isPillar,
  type Pillar,
} from '~/domain/community/vocabularies';
import { DAY } from '~/platform/clock';
import type { Locale } from '~/platform/i18n/locales';
import { readPage } from '~/platform/paging';
import { findCountry } from '~/platform/places/find';
import { type CountryCode, isRegion, type RegionCode } from '~/platform/places/places';
import { readSearchTerms, type SearchTerms } from './words';

/** The filter for posts; all conditions must match. */
export interface SearchFilter {
  /** Pillar of the post or its thread. */
  pillar: Pillar | null;
  region: RegionCode | null;
  country: CountryCode | null;
  industry: IndustrySection | null;
  kind: BarrierKind | null;
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
  ...['pillar', 'region', 'country', 'industry', 'kind', 'language', 'author', 'from', 'to'],
] as readonly (keyof SearchFilter)[];

/** Reads the query of `/search`. Days are UTC, and `to` is inclusive. */
export function readSearchQuery(query: URLSearchParams, locale: Locale): SearchQuery {
  const unknown: string[] = [];

  function read<T>(name: keyof SearchFilter, parse: (text: string) => T | null): T | null {
    const text = query.get(name)?.trim();
    if (!text) return null;
    const value = parse(text);
    if (value === null) unknown.push(name);
    return value;
  }

  return {
    words: readSearchTerms(query.get('q') ?? ''),
    filter: {
      pillar: read('pillar', (text) => (isPillar(text) ? text : null)),
      region: read('region', (text) => (isRegion(text) ? text : null)),
      country: read('country', (text) => findCountry(text, locale)),
      industry: read('industry', (text) => (isIndustry(text) ? text : null)),
      kind: read('kind', (text) => (isBarrierKind(text) ? text : null)),
      language: read('language', languageTag),
      author: read('author', (text) => text.replace(/^@/, '')),
      from: read('from', dayStart),
      to: read('to', (text) => {
        const start = dayStart(text);
        return start === null ? null : start + DAY;
      }),
    },
    page: readPage(query.get('page')),
    unknown,
  };
}

function dayStart(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** Returns a BCP 47 tag in its canonical form. */
function languageTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}
