import { LOCALES } from '~/platform/i18n/locales';
import { countriesByName, placeName } from './names';
import { type PlaceCode, regions, WORLD } from './places';

let codes: Map<string, PlaceCode> | null = null;

/** Returns the country or region with this name in a language of the interface; null for none. */
export function placeNamed(text: string): PlaceCode | null {
  codes ??= allNames();
  return codes.get(keyOf(text)) ?? null;
}

function allNames(): Map<string, PlaceCode> {
  const names = new Map<string, PlaceCode>();
  for (const locale of Object.keys(LOCALES)) {
    for (const { code } of regions) {
      if (code !== WORLD) names.set(keyOf(placeName(code, locale)), code);
    }
    // Countries last: a name that is both means the country.
    for (const { code, name } of countriesByName(locale)) names.set(keyOf(name), code);
  }
  return names;
}

/** The letters of a name, without case and accents. */
function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/^the /, '')
    .replaceAll(/[^\p{L}]/gu, '');
}
