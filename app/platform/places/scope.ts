import {
  ancestors,
  type CountryCode,
  isCountry,
  isRegion,
  type PlaceCode,
  type RegionCode,
  WORLD,
} from './places';

/**
 * The part of the world that a page, digest or subscription is about: `world`, a UN M49 code
 * (`011`) or an ISO 3166-1 alpha-2 country (`NG`). Each has one spelling, made by `parseScope`.
 */
export type Scope = 'world' | PlaceCode;

/** Reads a scope from a URL or form: `ng` → `NG`, `001` → `world`; `null` if it is not a scope. */
export function parseScope(text: string): Scope | null {
  const code = text.trim().toUpperCase();
  if (code === 'WORLD' || code === WORLD) return 'world';
  return isCountry(code) || isRegion(code) ? code : null;
}

/**
 * True if a post from a country, or from a region if no country is given, is in the scope. A post
 * without a place counts for the world only. A region is never inside one of its countries.
 */
export function scopeContains(
  scope: Scope,
  country: CountryCode | null,
  region: RegionCode | null,
): boolean {
  if (scope === 'world') return true;
  const place = country ?? region;
  if (place === null) return false;
  return place === scope || ancestors(place).includes(scope);
}
