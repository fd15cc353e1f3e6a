import { and, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import {
  ancestors,
  countriesIn,
  isCountry,
  type PlaceCode,
  type RegionCode,
  regions,
  WORLD,
} from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';
import { posts } from '~db/schema';

/**
 * Condition for posts in a region. A post with a country also has the country's smallest region, so
 * only regions are compared. The world includes all posts, even those without a place.
 */
export function postInRegion(region: RegionCode): SQL {
  if (region === WORLD) return sql`true`;
  return inArray(posts.region, regionsWithin(region));
}

/** Returns a region and all regions in it. */
export function regionsWithin(region: RegionCode): RegionCode[] {
  const inside = regions.filter(({ code }) => ancestors(code).includes(region));
  return [region, ...inside.map(({ code }) => code)];
}

/** Returns the codes of the countries and regions in a scope, with the scope itself. */
export function placeCodesIn(scope: Scope): PlaceCode[] {
  if (isCountry(scope)) return [scope];
  return [...countriesIn(scope), ...regionsWithin(scope === 'world' ? WORLD : scope)];
}

/** `scopeContains` as an SQL condition on posts. */
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
