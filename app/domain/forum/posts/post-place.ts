import { and, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import {
  ancestors,
  type CountryCode,
  countriesIn,
  isCountry,
  isRegion,
  type RegionCode,
  regionOf,
  regions,
  WORLD,
} from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';
import { posts } from '~db/schema';

/** Where a post speaks from: a country and its region, a region alone, or nothing. */
export interface PostPlace {
  country: CountryCode | null;
  region: RegionCode | null;
}

export const NOWHERE: PostPlace = { country: null, region: null };

/**
 * Reads the place field of a form: an alpha-2 country (`NG`), an M49 region (`011`) or nothing;
 * the whole world is no place. Null for anything else.
 */
export function parsePlace(text: string): PostPlace | null {
  const code = text.trim().toUpperCase();
  if (code === '' || code === WORLD) return NOWHERE;
  if (isCountry(code)) return { country: code, region: regionOf(code) };
  if (isRegion(code)) return { country: null, region: code };
  return null;
}

/**
 * Posts from within a region. A post from a country carries the country's narrowest region, so
 * the regions alone decide. Everything is in the world, also what names no place.
 */
export function postInRegion(region: RegionCode): SQL {
  if (region === WORLD) return sql`true`;
  return inArray(posts.region, regionsWithin(region));
}

/** A region and all regions inside it. */
export function regionsWithin(region: RegionCode): RegionCode[] {
  const inside = regions.filter(({ code }) => ancestors(code).includes(region));
  return [region, ...inside.map(({ code }) => code)];
}

/** `scopeContains`, as a condition on posts. */
export function placedIn(scope: Scope): SQL | undefined {
  if (scope === 'world') return undefined;
  const within = regions
    .map(({ code }) => code)
    .filter((code) => code === scope || ancestors(code).includes(scope));
  return or(
    inArray(posts.country, [...countriesIn(scope)]),
    and(isNull(posts.country), inArray(posts.region, within)),
  );
}
