import type { Locale } from '~/platform/i18n/locales';
import { countriesByName, placeName } from '~/platform/places/names';
import { regions, WORLD } from '~/platform/places/places';

export interface PlaceOption {
  code: string;
  name: string;
}

/** All countries and regions, named in the page's language. */
interface PlaceOptions {
  countries: readonly PlaceOption[];
  regions: readonly PlaceOption[];
}

const known = new Map<Locale, PlaceOptions>();

/** Returns all countries and regions by name. For loaders only, because the list is long. */
export function placeOptions(locale: Locale): PlaceOptions {
  const options = known.get(locale) ?? {
    countries: countriesByName(locale),
    regions: regionOptions(locale),
  };
  known.set(locale, options);
  return options;
}

/** Returns the regions of the world, sorted alphabetically for the language. */
export function regionOptions(locale: Locale): PlaceOption[] {
  const { compare } = new Intl.Collator(locale);
  return regions
    .filter(({ code }) => code !== WORLD)
    .map(({ code }) => ({ code, name: placeName(code, locale) }))
    .sort((a, b) => compare(a.name, b.name));
}
