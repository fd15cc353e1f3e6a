import places from '~db/seed/places.json';

/** UN M49 code of the world, the root of the region tree. In a scope it is written `world`. */
export const WORLD = '001';

/** UN M49 code, three digits: `001`, `011`, `419`. */
export type RegionCode = string;
/** ISO 3166-1 alpha-2 code in capitals: `NG`; Kosovo is `XK`. */
export type CountryCode = string;
/** The code of a region or country. */
export type PlaceCode = RegionCode | CountryCode;

/** The level of a region in M49, from largest to smallest. */
export type RegionLevel = 'world' | 'region' | 'subregion' | 'intermediate';

export interface Region {
  readonly code: RegionCode;
  /** The next larger region; `null` for the world. */
  readonly parent: RegionCode | null;
  readonly level: RegionLevel;
}

export interface Country {
  readonly code: CountryCode;
  /** The smallest region that contains the country. */
  readonly region: RegionCode;
}

/** All M49 regions including the world, by code. */
export const regions: readonly Region[] = places.regions as Region[];

/** The 249 officially assigned countries and territories, and Kosovo, by code. */
export const countries: readonly Country[] = places.countries;

const regionByCode = new Map(regions.map((region) => [region.code, region]));
const countryByCode = new Map(countries.map((country) => [country.code, country]));
const ancestorsByCode = new Map<PlaceCode, readonly RegionCode[]>(
  [...regionByCode.keys(), ...countryByCode.keys()].map((code) => [code, climb(code)]),
);
const countriesByScope = groupCountriesByScope();

/** True if the text is an ISO 3166-1 alpha-2 code, in capitals. */
export function isCountry(code: string): boolean {
  return countryByCode.has(code);
}

/** True if the text is the code of an M49 region, including `001`. */
export function isRegion(code: string): boolean {
  return regionByCode.has(code);
}

/** Returns the smallest M49 region of a country; `null` if the code is not a country. */
export function regionOf(country: string): RegionCode | null {
  return countryByCode.get(country)?.region ?? null;
}

/**
 * Returns the regions around a country or region, smallest first, ending with `001`: `NG` → `011`,
 * `202`, `002`, `001`. Empty for the world and for unknown codes.
 */
export function ancestors(code: string): readonly RegionCode[] {
  return ancestorsByCode.get(code) ?? [];
}

/** Returns the countries in a scope (`world`, M49, or a country itself), by code. */
export function countriesIn(scope: string): readonly CountryCode[] {
  return countriesByScope.get(scope === 'world' ? WORLD : scope) ?? [];
}

/** Returns the regions directly below a region (`world` or M49), by code. */
export function childRegions(code: string): readonly RegionCode[] {
  const parent = code === 'world' ? WORLD : code;
  return regions.filter((region) => region.parent === parent).map((region) => region.code);
}

function climb(code: PlaceCode): RegionCode[] {
  const wider = countryByCode.get(code)?.region ?? regionByCode.get(code)?.parent ?? null;
  return wider === null ? [] : [wider, ...climb(wider)];
}

function groupCountriesByScope(): Map<PlaceCode, CountryCode[]> {
  const groups = new Map<PlaceCode, CountryCode[]>();
  for (const { code } of countries) {
    for (const scope of [code, ...ancestors(code)]) {
      const group = groups.get(scope);
      if (group) group.push(code);
      else groups.set(scope, [code]);
    }
  }
  return groups;
}
