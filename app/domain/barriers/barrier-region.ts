import {
  ancestors,
  countries,
  type PlaceCode,
  type RegionCode,
  regionOf as regionOfCountry,
} from '~/platform/places/places';
import words from '~db/seed/lexicon/places.json';
import { type Found, type Phrase, PhraseIndex } from './phrases';
import { ownWords } from './strip-quotes';
import { normalize, sentencesOf } from './tokens';

/** The region of a barrier, and whether it differs from its author's. */
export interface BarrierRegion {
  /** The M49 region; null if neither text nor author gives one. */
  region: RegionCode | null;
  /** True if the text is about another region than the author's. */
  elsewhere: boolean;
}

type Clue =
  | { country: string }
  | { country?: undefined; cue: 'in' | 'there' | 'here' | 'elsewhere' };

const LANGUAGES = ['en', 'fr', 'es', 'pt', 'ar', 'sw', 'hi', 'id', 'zh', 'ru'];

/** Minimum weight of evidence for another place to override the author's own. */
const ENOUGH = 2;
/** From this many letters on, the beginning of a country name matches its people too. */
const SAFE_BEGINNING = 6;
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

let index: PhraseIndex<Clue> | undefined;

/**
 * Returns the region of a barrier: the author's, unless the text clearly is about another place. It
 * must name a place outside the author's region and none within it, after a word such as "in", and
 * with words such as "there" or "I work with" nearby. Mentions of people leaving for a place, or of
 * servers located there, do not count.
 */
export function regionOf(text: string, authorPlace: PlaceCode | null): BarrierRegion {
  const own = authorPlace && (regionOfCountry(authorPlace) ?? authorPlace);
  const sentences = sentencesOf(ownWords(text));
  const memo = new Map<string, Phrase<Clue>[]>();
  const found = sentences.map((sentence) => longestPlaces(clues().find(sentence, memo)));

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
      const located = list.some(
        (clue) =>
          clue.phrase.meaning.country === undefined &&
          clue.phrase.meaning.cue === 'in' &&
          (clue.to === from || clue.from === from + 1),
      );
      const score = (located ? 1 : 0) - (moved ? 1 : 0);
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
  const memo = new Map<string, Phrase<Clue>[]>();
  const named = sentencesOf(ownWords(text)).flatMap((sentence) =>
    longestPlaces(clues().find(sentence, memo)).flatMap(
      ({ phrase }) => phrase.meaning.country ?? [],
    ),
  );
  return new Set(named);
}

/** Drops places inside longer ones: "Guinea" in "Papua New Guinea". */
function longestPlaces(found: Found<Clue>[]): Found<Clue>[] {
  const places = found.filter(({ phrase }) => phrase.meaning.country);
  return found.filter(
    (one) =>
      !one.phrase.meaning.country ||
      !places.some(
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
  for (const [country, phrases] of Object.entries(words.countries)) {
    for (const phrase of phrases) add(phrase, { country });
  }
  for (const cue of ['in', 'there', 'here', 'elsewhere'] as const) {
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
  if (language === 'ru' && stem.length >= 4) return `${stem}*`;
  return stem.length >= SAFE_BEGINNING ? `${stem}*` : plain;
}
