import { type CountryCode, countries, isCountry, isRegion, WORLD } from './places';

/** CLDR calls 419 “Latin America”, though it includes the Caribbean: the M49 name is used. */
const M49_NAMES: Record<string, Record<string, string>> = {
  '419': {
    en: 'Latin America & Caribbean',
    fr: 'Amérique latine et Caraïbes',
    ar: 'أمريكا اللاتينية والكاريبي',
  },
};

export interface NamedCountry {
  readonly code: CountryCode;
  readonly name: string;
}

// Creating an Intl object costs far more than using it, so there is one per interface language.
const displayNames = new Map<string, Intl.DisplayNames>();
const sortedCountries = new Map<string, readonly NamedCountry[]>();

/**
 * Returns the name of a place (`world` or `001`, an M49 code, an alpha-2 country) in a language,
 * capitalised where the script has capitals. Text that is not a place code is returned as it is.
 */
export function placeName(code: string, locale: string): string {
  const place = code === 'world' ? WORLD : code;
  if (!isCountry(place) && !isRegion(place)) return code;

  const name = M49_NAMES[place]?.[languageOf(locale)] ?? displayNamesIn(locale).of(place) ?? place;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** Returns all countries with their names, sorted alphabetically for the language. */
export function countriesByName(locale: string): readonly NamedCountry[] {
  const known = sortedCountries.get(locale);
  if (known) return known;

  const { compare } = new Intl.Collator(locale);
  const sorted = countries
    .map(({ code }) => ({ code, name: placeName(code, locale) }))
    .sort((a, b) => compare(a.name, b.name));
  sortedCountries.set(locale, sorted);
  return sorted;
}

function displayNamesIn(locale: string): Intl.DisplayNames {
  const known = displayNames.get(locale);
  if (known) return known;

  const names = new Intl.DisplayNames(locale, { type: 'region' });
  displayNames.set(locale, names);
  return names;
}

function languageOf(locale: string): string {
  return locale.split('-', 1)[0] ?? locale;
}
