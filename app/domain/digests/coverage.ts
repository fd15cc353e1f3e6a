import { languageNames } from '~/platform/languages/names';
import { isInLanguage } from '~/platform/languages/tags';
import { ancestors, childRegions, countriesIn, type PlaceCode } from '~/platform/places/places';
import baseline from '~db/seed/coverage.json';

/*
 * Who is missing from a digest: the parts of its place, and the languages spoken there, that nobody
 * wrote from. The baseline only names what is missing. No number of a digest is weighted by it.
 */

/** Where the baseline comes from, for the page and the data. */
export const COVERAGE_SOURCE: { source: string; year: number } = {
  source: baseline.source,
  year: baseline.year,
};

interface CountryBaseline {
  population: number;
  /** Percent of the people who use a language, by BCP 47 tag. They overlap. */
  languages: Record<string, number>;
}

const countries = baseline.countries as Record<string, CountryBaseline>;

/** A contribution, as far as it tells who was heard. */
export interface Heard {
  country: string | null;
  region: string | null;
  /** BCP 47. */
  language: string;
}

export interface Coverage {
  /** How many countries the place has, and from how many of them somebody wrote. */
  countries: number;
  heard: number;
  /**
   * The parts of the place that nobody wrote from, the largest population first: M49 regions, each as
   * a whole where all of it is missing; countries of a narrowest region.
   */
  silentPlaces: PlaceCode[];
  /** Widely used languages of the place in which nobody wrote, the most used first. */
  silentLanguages: string[];
}

/** A language is named as missing where at least so large a share of the place's people use it. */
const WIDELY_USED = 0.05;
/** More would be a list that nobody reads. */
const MOST_LANGUAGES = 5;

/** Compares who wrote with who lives in a scope. Source of the baseline: `COVERAGE_SOURCE`. */
export function coverageOf(scope: string, heard: readonly Heard[]): Coverage {
  const members = countriesIn(scope);
  const from = new Set(heard.flatMap(({ country }) => country ?? []));
  return {
    countries: members.length,
    heard: members.filter((code) => from.has(code)).length,
    silentPlaces: silentPlaces(scope, heard),
    silentLanguages: silentLanguages(members, heard),
  };
}

function silentPlaces(scope: string, heard: readonly Heard[]): PlaceCode[] {
  const places = new Set(heard.flatMap(({ country, region }) => country ?? region ?? []));
  const isHeard = new Set([...places].flatMap((place) => [place, ...ancestors(place)]));
  // Who gave a whole region as their place may be in any part of it.
  const silentIn = (region: string): PlaceCode[] =>
    childRegions(region).flatMap((part) => {
      if (!isHeard.has(part)) return [part];
      return places.has(part) ? [] : silentIn(part);
    });
  const parts =
    childRegions(scope).length > 0
      ? silentIn(scope)
      : countriesIn(scope).filter((code) => code !== scope && !isHeard.has(code));
  const silent = places.has(scope) ? [] : parts;
  return silent
    .filter((part) => population(part) > 0)
    .toSorted((a, b) => population(b) - population(a));
}

/** How many people live in a place, by the baseline; 0 where it does not say. */
export function population(place: PlaceCode): number {
  return countriesIn(place).reduce((sum, code) => sum + (countries[code]?.population ?? 0), 0);
}

const englishName = languageNames('en');

function silentLanguages(members: readonly PlaceCode[], heard: readonly Heard[]): string[] {
  const speakers = new Map<string, number>();
  let people = 0;
  for (const code of members) {
    const country = countries[code];
    if (!country) continue;
    people += country.population;
    for (const [tag, percent] of Object.entries(country.languages)) {
      speakers.set(tag, (speakers.get(tag) ?? 0) + (country.population * percent) / 100);
    }
  }
  return [...speakers]
    .filter(
      ([tag, n]) =>
        n >= WIDELY_USED * people &&
        !heard.some((one) => isInLanguage(one.language, tag)) &&
        // A language without a name would be shown as its code.
        englishName(tag) !== tag,
    )
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_LANGUAGES)
    .map(([tag]) => tag);
}
