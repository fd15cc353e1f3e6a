import { type CountryCode, countries, isCountry, isRegion, WORLD } from './places';

/** CLDR calls 419 “Latin America”, though it includes the Caribbean: the M49 name is used. */
const M49_NAMES: Record<string, Record<string, string>> = {
  '419': {
    en: 'Latin America & Caribbean',
    fr: 'Amérique latine et Caraïbes',
    ar: 'أمريكا اللاتينية والكاريبي',
    es: 'América Latina y el Caribe',
    pt: 'América Latina e Caribe',
    sw: 'Amerika ya Kilatini na Karibi',
    hi: 'लैटिन अमेरिका और कैरिबियाई',
    id: 'Amerika Latin dan Karibia',
    zh: '拉丁美洲和加勒比',
    ru: 'Латинская Америка и Карибы',
  },
};

/** Places that English names with an article in a sentence: countries, then regions. */
const WITH_ARTICLE = new Set([
  ...['AE', 'AX', 'BQ', 'BS', 'CC', 'CF', 'CK', 'DO', 'FK', 'FO', 'GB', 'GM', 'IO', 'KM', 'KY'],
  ...['MH', 'MP', 'MV', 'NL', 'PH', 'PN', 'PS', 'SB', 'TC', 'TF', 'UM', 'US', 'VG', 'VI'],
  ...['019', '029', '057'],
]);

/** Other names that a language changes in a sentence: the Arabic dual stands after "from". */
const IN_SENTENCES: Record<string, Record<string, string>> = {
  en: { world: 'the world', [WORLD]: 'the world', '419': 'Latin America & the Caribbean' },
  ar: { '019': 'الأمريكتين' },
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

/**
 * Returns the name of a place for the middle of a sentence: "in the Caribbean", "about the world". The
 * messages in most other languages set names apart instead, so they are as in a list there.
 */
export function placeInSentence(code: string, locale: string): string {
  const name = placeName(code, locale);
  const language = languageOf(locale);
  const withArticle = language === 'en' && WITH_ARTICLE.has(code);
  return IN_SENTENCES[language]?.[code] ?? (withArticle ? `the ${name}` : name);
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
