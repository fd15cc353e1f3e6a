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
 * The part of the world a page, digest or subscription is about: `world`, a UN M49 code (`011`) or
 * an ISO 3166-1 alpha-2 country (`NG`). There is one spelling of each, made by `parseScope`.
 */
export type Scope = 'world' | PlaceCode;

/** Reads a scope from a URL or form: `ng` → `NG`, `001` → `world`; `null` where it is no scope. */
export function parseScope(text: string): Scope | null {
  const code = text.trim().toUpperCase();
  if (code === 'WORLD' || code === WORLD) return 'world';
  return isCountry(code) || isRegion(code) ? code : null;
}

/**
 * Whether something said from a country, or where that is not known from a region, lies in a scope.
 * Without any place it counts for the world alone. A region never lies in one of its countries.
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
