import { childRegions, regionOf } from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';

/** A country (ISO 3166-1 alpha-2) with its region, a region (UN M49) alone, or neither. */
interface Placed {
  country: string | null;
  region: string | null;
}

/**
 * Returns the row of a contribution in a table of places: the smallest M49 region in the world and
 * in large regions, the country in a smallest region. Null if the contribution's place is not that
 * specific, and always if the scope is a country.
 */
export function placeRowOf(scope: Scope, placed: Placed): string | null {
  if (childRegions(scope).length > 0) return regionWithin(placed);
  return placed.country === scope ? null : placed.country;
}

/** Returns the smallest M49 region of a contribution; null if its place is larger. */
export function regionWithin({ country, region }: Placed): string | null {
  const narrow = country ? regionOf(country) : region;
  return narrow && childRegions(narrow).length === 0 ? narrow : null;
}
