import { fold } from '~/platform/text/fold';
import { lettersSaid } from '~/platform/text/visible';
import aliases from '~db/seed/place-aliases.json';
import cldr from '~db/seed/place-names.json';
import subdivisions from '~db/seed/subdivisions.json';
import { towns } from '~db/seed/towns.json';
import { placeName } from './names';
import {
  type CountryCode,
  countries,
  isCountry,
  isRegion,
  type PlaceCode,
  regions,
  WORLD,
} from './places';

/*
 * Reads the name of a place that a person typed: any usual one in ten languages. Case, accents,
 * articles and punctuation do not matter. A large town, a state or a province stands for its country.
 */

/** The languages in which names of places are read. */
export const PLACE_LANGUAGES = ['en', 'fr', 'es', 'pt', 'ar', 'sw', 'hi', 'id', 'zh', 'ru'];

/** Words that people leave out of a name or add to it: "the Gambia", "Trinidad and Tobago". */
const LEFT_OUT = new Set(
  'the of and la le les l d de du des et el los las del y o a os as da do dos e dan ya na и'.split(
    ' ',
  ),
);

let placesByName: Map<string, readonly PlaceCode[]> | null = null;
let countriesByTown: Map<string, readonly CountryCode[]> | null = null;
let countriesByState: Map<string, readonly CountryCode[]> | null = null;

/**
 * Returns the country or region (not the world) that a text names by its code, a name, or a large
 * town or state in it; null for none, and where several places have the name. Of "Kano, Nigeria" that
 * is the country, and of "Paris, Texas" that of the state.
 */
export function placeNamed(text: string): PlaceCode | null {
  const code = text.trim().toUpperCase();
  if (isCountry(code) || (isRegion(code) && code !== WORLD)) return code;
  const [country, another] = countriesMeant(text);
  if (country) return another ? null : country;
  const regionsNamed = [text, ...partsOf(text)].flatMap((part) => onlyOne(named(part)) ?? []);
  return regionsNamed.at(-1) ?? null;
}

/**
 * As `placeNamed`, for countries alone; the beginning of a name is enough where it begins the names
 * of only one country.
 */
export function findCountry(text: string): CountryCode | null {
  const place = placeNamed(text);
  if (place) return isCountry(place) ? place : null;
  const wanted = keyOf(text);
  if (lettersSaid(wanted) < FEWEST_LETTERS) return null;
  const begun = [...byName()]
    .filter(([key]) => key.startsWith(wanted))
    .flatMap(([, codes]) => codes);
  const [country, another] = new Set(begun.filter(isCountry));
  return country && !another ? country : null;
}

/** A name that differs from a text in a larger part of its letters was probably not meant. */
const MOST_DIFFERENT = 0.34;
/** The difference where the text is the beginning of a name, or stands in it. */
const BEGINS = 0.2;
const WITHIN = 0.3;
/** Shorter texts begin too many names. */
const FEWEST_LETTERS = 3;
/** Towns are many, and their names short: they must differ less. */
const TOWN_DIFFERENT = 0.2;
/** How many places are offered at most. */
const MOST_OFFERED = 3;
/** Longer texts are compared by their beginning. */
const MOST_LETTERS = 60;
/** Parts of a text are looked for in so much of it: each is compared with every name. */
const MOST_READ = 200;

/**
 * Returns the places that may be meant by a text that names none, the likeliest first; of a large town
 * whose name is misspelt that is its country.
 */
export function placesNear(
  text: string,
  isWanted: (code: PlaceCode) => boolean = () => true,
): PlaceCode[] {
  const wanted = [text, ...partsOf(text)].map((part) => keyOf(part.slice(0, MOST_LETTERS)));
  const meant = countriesMeant(text).filter(isWanted);
  const nearest = new Map<PlaceCode, number>(meant.map((code) => [code, 0]));
  const offer = (codes: readonly PlaceCode[], difference: number) => {
    for (const code of codes.filter(isWanted)) {
      nearest.set(code, Math.min(difference, nearest.get(code) ?? difference));
    }
  };
  for (const [key, codes] of byName()) {
    const difference = Math.min(...wanted.map((one) => differenceOf(one, key)));
    if (difference <= MOST_DIFFERENT) offer(codes, difference);
  }
  for (const [key, codes] of byTown()) {
    const difference = Math.min(...wanted.map((one) => misspeltBy(one, key, TOWN_DIFFERENT)));
    if (difference <= TOWN_DIFFERENT) offer(codes, difference);
  }
  return [...nearest]
    .sort((a, b) => a[1] - b[1])
    .slice(0, MOST_OFFERED)
    .map(([code]) => code);
}

/** The parts between commas, in a text as long as places are; none where there is no comma. */
function partsOf(text: string): string[] {
  const parts = text.slice(0, MOST_READ).split(/[,،、，]/);
  return parts.length > 1 ? parts : [];
}

/**
 * The countries that a text may mean: the last part that names one says which, and where several have
 * that name, the parts before it. "Lebanon, PA" may be in Pennsylvania, Pará or Panama.
 */
function countriesMeant(text: string): readonly CountryCode[] {
  const whole = named(text);
  if (whole.length > 0) return whole.filter(isCountry);
  const parts = partsOf(text);
  if (parts.length === 0) return countriesWith(text);
  let meant: readonly CountryCode[] = [];
  for (const [before, part] of [...parts.entries()].reverse()) {
    const countries = new Set([
      ...(before > 0 ? countriesOfCode(part) : []),
      ...named(part).filter(isCountry),
      ...countriesWith(part),
    ]);
    const common = meant.filter((country) => countries.has(country));
    meant = meant.length === 0 ? [...countries] : common.length > 0 ? common : meant;
  }
  return meant;
}

/** The countries with a large town of this name; where there is none, with such a state or province. */
function countriesWith(name: string): readonly CountryCode[] {
  return byTown().get(keyOf(name)) ?? countriesOfState(name);
}

function byTown(): Map<string, readonly CountryCode[]> {
  countriesByTown ??= byKey(towns);
  return countriesByTown;
}

/** Returns the countries that have a state or province of this name. */
export function countriesOfState(name: string): readonly CountryCode[] {
  countriesByState ??= byKey(subdivisions.names);
  return countriesByState.get(keyOf(name)) ?? [];
}

const countriesByStateCode = byKey(subdivisions.codes);

/** The countries that two or three letters behind a town may stand for: "PA". */
function countriesOfCode(text: string): readonly CountryCode[] {
  const code = text.trim().toUpperCase();
  const states = countriesByStateCode.get(code.toLowerCase()) ?? [];
  return isCountry(code) ? [...states, code] : states;
}

/**
 * Returns the countries in which people write this word of a text behind a town, because it is the
 * name or code of a state there: "Texas", "PA".
 */
export function countriesOfWrittenState(word: string): readonly CountryCode[] {
  if (/^\p{Lu}{2,3}$/u.test(word)) return countriesByStateCode.get(word.toLowerCase()) ?? [];
  if (!/^\p{Lu}/u.test(word)) return [];
  return countriesOfState(word).filter((country) => country in subdivisions.codes);
}

/** The countries of each name, by its key. */
function byKey(names: Record<string, readonly string[]>): Map<string, readonly CountryCode[]> {
  const made = new Map<string, CountryCode[]>();
  for (const [code, list] of Object.entries(names)) {
    for (const key of new Set(list.map(keyOf))) made.set(key, [...(made.get(key) ?? []), code]);
  }
  return made;
}

/** The places that a name stands for. */
function named(text: string): readonly PlaceCode[] {
  return byName().get(keyOf(text)) ?? byName().get(lettersOf(text).join('')) ?? [];
}

function onlyOne<Place>([place, another]: readonly Place[]): Place | null {
  return place !== undefined && another === undefined ? place : null;
}

/** The places that have a name, by its key; of several sources the first named here decides. */
function byName(): Map<string, readonly PlaceCode[]> {
  if (placesByName) return placesByName;
  const made = new Map<string, readonly PlaceCode[]>();
  const add = (name: string, codes: readonly PlaceCode[]) => {
    for (const key of [keyOf(name), lettersOf(name).join('')]) {
      if (key && !made.has(key)) made.set(key, codes);
    }
  };
  for (const { names: shared, codes } of aliases.shared) {
    for (const name of shared) add(name, codes);
  }
  // Countries first: a name that a region has too means the country.
  for (const { code } of [...countries, ...regions.filter(({ code }) => code !== WORLD)]) {
    for (const language of PLACE_LANGUAGES) add(placeName(code, language), [code]);
  }
  for (const source of [cldr.names, aliases.names]) {
    for (const [code, others] of Object.entries(source)) {
      for (const name of others) add(name, [code]);
    }
  }
  for (const [code, alpha3] of Object.entries(cldr.alpha3)) add(alpha3, [code]);
  placesByName = made;
  return made;
}

/** The letters of a name that count: "Côte d’Ivoire" → "coteivoire". */
function keyOf(name: string): string {
  const words = lettersOf(name);
  const kept = words.filter((word) => !LEFT_OUT.has(word));
  return (kept.some(Boolean) ? kept : words).join('');
}

/** The folded words of a name; abbreviations such as "U.S.A." are one. */
function lettersOf(name: string): string[] {
  return name
    .toLowerCase()
    .replace(/(?<=\p{L})\.(?=\s?\p{L}(?:\.|\s|$))\s?/gu, '')
    .replace(/\bst\b/gu, 'saint')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(fold);
}

/** From 0 for the same to 1. */
function differenceOf(text: string, name: string): number {
  if (text.length >= FEWEST_LETTERS) {
    if (name.startsWith(text)) return BEGINS;
    if (name.includes(text)) return WITHIN;
  }
  return misspeltBy(text, name, MOST_DIFFERENT);
}

/** The share of letters that differ; 1 if more than `most` must. */
function misspeltBy(text: string, name: string, most: number): number {
  const longest = Math.max(text.length, name.length);
  if (text.length === 0) return 1;
  // At least this many letters would have to be added.
  if (Math.abs(text.length - name.length) > most * longest) return 1;
  return editsBetween(text, name) / longest;
}

/** Levenshtein's distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
