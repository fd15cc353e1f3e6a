import { type PlaceCode, regionOf } from '~/platform/places/places';

/** Returns the place that others see: the country or, if preferred, its region; null for none. */
export function shownPlace(person: {
  country: string | null;
  regionOnly: boolean;
}): PlaceCode | null {
  if (person.country === null) return null;
  return person.regionOnly ? regionOf(person.country) : person.country;
}
