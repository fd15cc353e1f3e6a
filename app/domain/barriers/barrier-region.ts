import {
  ancestors,
  countries,
  type PlaceCode,
  type RegionCode,
  regionOf as regionOfCountry,
} from '~/platform/places/places';
import { countriesOfState, countriesOfWrittenState } from '~/platform/places/typed';
import words from '~db/seed/lexicon/places.json';
import { names as otherNames } from '~db/seed/place-names.json';
import subdivisions from '~db/seed/subdivisions.json';
import { type Found, PhraseIndex } from './phrases';
import { ownWords } from './strip-quotes';
import { normalize, sentencesOf, type Token } from './tokens';

/** The region of a barrier, and whether it differs from its author's. */
export interface BarrierRegion {
  /** The M49 region; null if neither text nor author gives one. */
  region: RegionCode | null;
  /** True if the text is about another region than the author's. */
  elsewhere: boolean;
}

type Clue =
  | { country: string }
  | { country?: undefined; cue: 'in' | 'there' | 'here' | 'elsewhere' | 'none' };

const LANGUAGES = ['en', 'fr', 'es', 'pt', 'ar', 'sw', 'hi', 'id', 'zh', 'ru'];

/** Minimum weight of evidence for another place to override the author's own. */
const ENOUGH = 2;
/** From this many letters on, the beginning of a country name matches its people too. */
const SAFE_BEGINNING = 6;
/** Shorter names are words too: "AS" is how Indonesian shortens the United States. */
const SHORTEST_NAME = 4;
/** Country names that are also common words or first names in one of the languages. */
const AMBIGUOUS = new Set([
  'chad',
  'georgia',
  'jordan',
  'mali',
  'oman',
  'jersey',
  'guinea',
  'niger',
  'turkey',
  'china',
  'cuba',
  'polo',
  'sudan',
  'india',
  'reunion',
  'monaco',
  'uni',
  'mayotte',
  'man',
]);
/** Of these, first names: a capital tells nothing. */
const FIRST_NAMES = new Set(['chad', 'georgia', 'jordan']);

let index: PhraseIndex<Clue> | undefined;

/**
 * Returns the region of a barrier: the author's, unless the text clearly is about another place. It
 * must name a place outside the author's region and none within it, after a word such as "in", and
 * with words such as "there" or "I work with" nearby. Mentions of people leaving for a place, or of
 * servers located there, do not count.
 */
export function regionOf(text: string, authorPlace: PlaceCode | null): BarrierRegion {
  const own = authorPlace && (regionOfCountry(authorPlace) ?? authorPlace);
  const found = cluesIn(ownWords(text));
  const scores = new Map<RegionCode, number>();
  const isSaid = (cue: string) =>
    found.some((list) =>
      list.some(({ phrase: { meaning } }) => meaning.country === undefined && meaning.cue === cue),
    );
  for (const list of found) {
    const moved = list.some(
      ({ phrase: { meaning } }) => meaning.country === undefined && meaning.cue === 'elsewhere',
    );
    for (const { phrase, from } of list) {
      const region = phrase.meaning.country && regionOfCountry(phrase.meaning.country);
      if (!region) continue;
      if (own && [region, ...ancestors(region)].includes(own)) {
        return { region: own, elsewhere: false };
      }
      // Georgia is a state too.
      if (authorPlace && countriesOfState(phrase.text).includes(authorPlace)) {
        return { region: own, elsewhere: false };
      }
      const score = (isLocated(list, from) ? 1 : 0) - (moved ? 1 : 0);
      scores.set(region, Math.max(scores.get(region) ?? -1, score));
    }
  }
  const general = (isSaid('there') ? 1 : 0) + (own === null ? 1 : 0) - (isSaid('here') ? 1 : 0);
  const [best, second] = [...scores].sort((a, b) => b[1] - a[1]);
  if (!best || best[1] + general < ENOUGH) return { region: own, elsewhere: false };
  // Two foreign regions with equal weight: the text compares places or describes a journey.
  if (second && second[1] === best[1]) return { region: own, elsewhere: false };
  return { region: best[0], elsewhere: own !== null };
}

/** The countries (ISO 3166-1 alpha-2) that a text names, or whose people or cities it names. */
export function countriesNamed(text: string): Set<string> {
  return new Set(placesNamed(text).map(({ country }) => country));
}

/** The same with the words that name each, in the order of the text. */
export function placesNamed(text: string): { country: string; found: string }[] {
  const own = ownWords(text);
  const sentences = sentencesOf(own);
  return cluesIn(own, sentences).flatMap((list, at) =>
    list.flatMap(({ phrase: { meaning }, from, to }) => {
      const [first, last] = [sentences[at]?.[from], sentences[at]?.[to - 1]];
      if (!meaning.country || !first || !last) return [];
      return [{ country: meaning.country, found: own.slice(first.start, last.end) }];
    }),
  );
}

/** Finds the places and the words around them in each sentence. */
function cluesIn(own: string, sentences = sentencesOf(own)): Found<Clue>[][] {
  return sentences.map((sentence) => {
    const found = longestPlaces(clues().find(sentence));
    return found.filter(
      (one) =>
        !one.phrase.meaning.country ||
        (meansPlace(one, found, own.slice(sentence[one.from]?.start)) &&
          !isTownElsewhere(one, sentence, own)),
    );
  });
}

/**
 * False if a name that is also a word or a first name means no place: "guinea pigs", "Michael Jordan".
 * @param written the text from the name on
 */
function meansPlace({ phrase, from }: Found<Clue>, found: Found<Clue>[], written: string): boolean {
  if (!AMBIGUOUS.has(phrase.text) || isLocated(found, from)) return true;
  return !FIRST_NAMES.has(phrase.text) && /^\p{Lu}/u.test(written);
}

/** True after a word such as "in", or before it in languages where it follows. */
function isLocated(found: readonly Found<Clue>[], from: number): boolean {
  return found.some(
    ({ phrase: { meaning }, ...clue }) =>
      meaning.country === undefined &&
      meaning.cue === 'in' &&
      (clue.to === from || clue.from === from + 1),
  );
}

/** True if a state of another country follows: "Lebanon, PA", "Paris, Texas". */
function isTownElsewhere(
  { phrase, to }: Found<Clue>,
  sentence: readonly Token[],
  text: string,
): boolean {
  const [state, next] = sentence.slice(to);
  if (!state?.afterPause) return false;
  const name = text.slice(state.start, state.end);
  // "In Kenya, ID cards": a code stands alone.
  if (name === name.toUpperCase() && next && !next.afterPause) return false;
  const countries = countriesOfWrittenState(name);
  return countries.length > 0 && !countries.some((country) => country === phrase.meaning.country);
}

/** Drops places inside longer ones, such as "Guinea" in "Papua New Guinea", or in "guinea pig". */
function longestPlaces(found: Found<Clue>[]): Found<Clue>[] {
  const longer = found.filter(
    ({ phrase: { meaning } }) => meaning.country !== undefined || meaning.cue === 'none',
  );
  return found.filter(
    (one) =>
      !one.phrase.meaning.country ||
      !longer.some(
        (other) =>
          other.from <= one.from && other.to >= one.to && other.to - other.from > one.to - one.from,
      ),
  );
}

/** Returns the names of all countries in the ten languages, and the context words around them. */
function clues(): PhraseIndex<Clue> {
  if (index) return index;
  const made = new PhraseIndex<Clue>();
  const known = new Set<string>();
  const add = (phrase: string, clue: Clue) => {
    if (known.has(phrase)) return;
    known.add(phrase);
    made.add(phrase, clue);
  };
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    for (const { code } of countries) {
      const name = names.of(code) ?? code;
      if (name !== code) add(phraseFor(name, language), { country: code });
    }
  }
  for (const [country, names] of Object.entries(otherNames)) {
    for (const name of names) {
      if (name.length >= SHORTEST_NAME) add(phraseFor(name, 'en'), { country });
    }
  }
  for (const [country, phrases] of Object.entries(words.countries)) {
    for (const phrase of phrases) add(phrase, { country });
  }
  // A single word is too often another one: "Victoria", "Florida".
  for (const country of Object.keys(subdivisions.codes) as (keyof typeof subdivisions.codes)[]) {
    for (const state of subdivisions.names[country]) {
      if (state.includes(' ')) add(phraseFor(state, 'en'), { country });
    }
  }
  for (const cue of ['in', 'there', 'here', 'elsewhere', 'none'] as const) {
    for (const phrase of words[cue]) made.add(phrase, { cue });
  }
  index = made;
  return made;
}

/** "Nigeria" also matches "Nigerian"; Russian names match in every case. */
function phraseFor(name: string, language: string): string {
  const word = normalize(name);
  const plain = word.replace(/[()*…&.,]/g, ' ').trim();
  if (/[\s’'-]/.test(plain) || /[^a-z\u0400-\u04ff]/.test(plain)) return plain;
  if (AMBIGUOUS.has(plain)) return plain;
  const stem = plain.replace(/[aeiouаеиоуыюяьй]+$/, '');
  if (AMBIGUOUS.has(stem)) return plain;
  if (language === 'ru' && stem.length >= 4) return `${stem}*`;
  return stem.length >= SAFE_BEGINNING ? `${stem}*` : plain;
}
