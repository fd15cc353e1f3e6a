import type { Translator } from '~/platform/i18n/translator';
import { placeInSentence } from '~/platform/places/names';
import { ancestors } from '~/platform/places/places';

/** Whether a region among these places holds another of them: that place is not beside the region. */
export function holdsAnother(region: string, places: readonly string[]): boolean {
  return places.some((place) => ancestors(place).includes(region));
}

/**
 * Returns the names of places for a list. A region that holds another of them comes last, as "unspecified
 * parts of Western Africa": of those people only the region is known, which may be the same country.
 */
export function namesOfPlaces(
  places: readonly string[],
  { locale, t }: Translator,
  nameOf: typeof placeInSentence = placeInSentence,
): string[] {
  const holding = places.filter((place) => holdsAnother(place, places));
  const rest = places.filter((place) => !holding.includes(place));
  return [
    ...rest.map((place) => nameOf(place, locale)),
    ...holding.map((place) => t('barriers.places.unspecified', { place: nameOf(place, locale) })),
  ];
}
