import { type PlaceCode, regionOf } from '~/platform/places/places';

/** Where others are told that a person is: their country or, if they prefer, its region; null for nowhere. */
export function shownPlace(person: {
  country: string | null;
  regionOnly: boolean;
}): PlaceCode | null {
  if (person.country === null) return null;
  return person.regionOnly ? regionOf(person.country) : person.country;
}
