import type { Locale } from '~/platform/i18n/locales';
import { countriesByName, placeName } from '~/platform/places/names';
import { regions, WORLD } from '~/platform/places/places';
import type { PlaceOption, PlaceOptions } from './place-field';

const known = new Map<Locale, PlaceOptions>();

/** Every country and region by name; for loaders only, since it is long. */
export function placeOptions(locale: Locale): PlaceOptions {
  const options = known.get(locale) ?? {
    countries: countriesByName(locale),
    regions: regionOptions(locale),
  };
  known.set(locale, options);
  return options;
}

/** The regions of the world in the alphabetical order of the language. */
export function regionOptions(locale: Locale): PlaceOption[] {
  const { compare } = new Intl.Collator(locale);
  return regions
    .filter(({ code }) => code !== WORLD)
    .map(({ code }) => ({ code, name: placeName(code, locale) }))
    .sort((a, b) => compare(a.name, b.name));
}
