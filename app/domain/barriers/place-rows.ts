import { childRegions, regionOf } from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';

/** A country (ISO 3166-1 alpha-2) with its region, a region (UN M49) alone, or neither. */
interface Placed {
  country: string | null;
  region: string | null;
}

/**
 * The row of a table of places that a contribution belongs to: in the world and in wide regions the
 * narrowest M49 region, in a narrowest region the country. Null where it was placed no more closely
 * than that, and always in a country.
 */
export function placeRowOf(scope: Scope, placed: Placed): string | null {
  if (childRegions(scope).length > 0) return regionWithin(placed);
  return placed.country === scope ? null : placed.country;
}

/** The narrowest M49 region that a contribution was placed in; null where it was placed wider. */
export function regionWithin({ country, region }: Placed): string | null {
  const narrow = country ? regionOf(country) : region;
  return narrow && childRegions(narrow).length === 0 ? narrow : null;
}
