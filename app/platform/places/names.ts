import { type CountryCode, countries, isCountry, isRegion, WORLD } from './places';

/**
 * CLDR calls region 419 plain “Latin America”, although it holds the Caribbean, which Causeway
 * reports on too: here it bears its M49 name.
 */
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

// Making an Intl object costs far more than using it; there is one of each per interface language.
const displayNames = new Map<string, Intl.DisplayNames>();
const sortedCountries = new Map<string, readonly NamedCountry[]>();

/**
 * The name of a place (`world` or `001`, an M49 code, an alpha-2 country) in a language, with a
 * capital where the script has them. Text that is no place's code is returned as it is.
 */
export function placeName(code: string, locale: string): string {
  const place = code === 'world' ? WORLD : code;
  if (!isCountry(place) && !isRegion(place)) return code;

  const name = M49_NAMES[place]?.[languageOf(locale)] ?? displayNamesIn(locale).of(place) ?? place;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** All countries with their names, in the alphabetical order of the language, for a select. */
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
