import { placeNamed } from '~/platform/places/named';
import {
  type CountryCode,
  isCountry,
  isRegion,
  type RegionCode,
  regionOf,
  WORLD,
} from '~/platform/places/places';

/** The place of a post: a country with its region, a region alone, or none. */
export interface PostPlace {
  country: CountryCode | null;
  region: RegionCode | null;
}

export const NOWHERE: PostPlace = { country: null, region: null };

/**
 * Reads the place field of a form: an alpha-2 country (`NG`), an M49 region (`011`), the name of
 * either in a language of the interface, or empty; the world is not a valid place. Null for anything
 * else.
 */
export function parsePlace(text: string): PostPlace | null {
  const code = text.trim().toUpperCase();
  if (code === '' || code === WORLD) return NOWHERE;
  if (isCountry(code)) return { country: code, region: regionOf(code) };
  if (isRegion(code)) return { country: null, region: code };
  const named = placeNamed(text);
  return named ? parsePlace(named) : null;
}
