import {
  type CountryCode,
  isCountry,
  type RegionCode,
  regionOf,
  WORLD,
} from '~/platform/places/places';
import { placeNamed } from '~/platform/places/typed';

/** The place of a post: a country with its region, a region alone, or none. */
export interface PostPlace {
  country: CountryCode | null;
  region: RegionCode | null;
}

export const NOWHERE: PostPlace = { country: null, region: null };

/**
 * Reads the place field of a form: the code or a name of a country or region, as `placeNamed` reads
 * them, or empty; the world is not a valid place. Null for anything else.
 */
export function parsePlace(text: string): PostPlace | null {
  if (['', WORLD].includes(text.trim())) return NOWHERE;
  const code = placeNamed(text);
  if (!code) return null;
  return isCountry(code)
    ? { country: code, region: regionOf(code) }
    : { country: null, region: code };
}
