import places from '~db/seed/places.json';

/** UN M49 code of the world, the root of the tree. In a scope it is written `world`. */
export const WORLD = '001';

/** UN M49 code, three digits: `001`, `011`, `419`. */
export type RegionCode = string;
/** ISO 3166-1 alpha-2 code in capitals: `NG`. */
export type CountryCode = string;
/** A region's or a country's code. */
export type PlaceCode = RegionCode | CountryCode;

/** The level of a region in M49, from the widest to the narrowest. */
export type RegionLevel = 'world' | 'region' | 'subregion' | 'intermediate';

export interface Region {
  readonly code: RegionCode;
  /** The next wider region; `null` for the world. */
  readonly parent: RegionCode | null;
  readonly level: RegionLevel;
}

export interface Country {
  readonly code: CountryCode;
  /** The most specific region that holds the country. */
  readonly region: RegionCode;
}

/** Every M49 region, by code, the world among them. */
export const regions: readonly Region[] = places.regions as Region[];

/** The 249 officially assigned countries and territories, by code. */
export const countries: readonly Country[] = places.countries;

const regionByCode = new Map(regions.map((region) => [region.code, region]));
const countryByCode = new Map(countries.map((country) => [country.code, country]));
const ancestorsByCode = new Map<PlaceCode, readonly RegionCode[]>(
  [...regionByCode.keys(), ...countryByCode.keys()].map((code) => [code, climb(code)]),
);
const countriesByScope = groupCountriesByScope();

/** Whether the text is an ISO 3166-1 alpha-2 code, in capitals. */
export function isCountry(code: string): boolean {
  return countryByCode.has(code);
}

/** Whether the text is an M49 region's code, `001` included. */
export function isRegion(code: string): boolean {
  return regionByCode.has(code);
}

/** The most specific M49 region of a country; `null` for a code that is no country. */
export function regionOf(country: string): RegionCode | null {
  return countryByCode.get(country)?.region ?? null;
}

/**
 * The regions around a country or region, nearest first, up to and with `001`:
 * `NG` → `011`, `202`, `002`, `001`. Empty for the world and for unknown codes.
 */
export function ancestors(code: string): readonly RegionCode[] {
  return ancestorsByCode.get(code) ?? [];
}

/**
 * The countries in a scope (`world` or `001`, an M49 code, or a country, which holds itself), by
 * code. Empty for an unknown scope.
 */
export function countriesIn(scope: string): readonly CountryCode[] {
  return countriesByScope.get(scope === 'world' ? WORLD : scope) ?? [];
}

/** The regions directly below a region (`world` or M49), by code; empty below the narrowest. */
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
