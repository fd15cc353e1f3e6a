import { countries, type RegionCode, regionOf as regionOfCountry } from '~/platform/places/places';
import words from '~db/seed/lexicon/places.json';
import { type Found, type Phrase, PhraseIndex } from './phrases';
import { ownWords } from './strip-quotes';
import { normalize, sentencesOf } from './tokens';

/** Where a barrier is, and what made us think so if it is not where its author is. */
export interface BarrierRegion {
  /** The M49 region; null where neither text nor author has one. */
  region: RegionCode | null;
  /** Whether the text speaks of another region than the author's. */
  elsewhere: boolean;
}

type Clue =
  | { country: string }
  | { country?: undefined; cue: 'in' | 'there' | 'here' | 'elsewhere' };

const LANGUAGES = ['en', 'fr', 'es', 'pt', 'ar', 'sw', 'hi', 'id', 'zh', 'ru'];

/** How much must speak for another place before the author's own is overruled. */
const ENOUGH = 2;
/** From this many letters on a name's beginning stands for the people and the adjective too. */
const SAFE_BEGINNING = 6;
/** Names that are everyday words, or first names, in one of the languages. */
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
 * The region a barrier is in: the author's, unless the text strongly says that it speaks of another
 * place — names one outside the author's region and none within, after a word such as "in", and
 * beside it "there" or "I work with"; not where people merely leave for it, or servers stand there.
 */
export function regionOf(text: string, authorCountry: string | null): BarrierRegion {
  const own = authorCountry ? regionOfCountry(authorCountry) : null;
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
      if (region === own) return { region: own, elsewhere: false };
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
  // Two foreign regions at once: the text compares, or tells of a journey.
  if (second && second[1] === best[1]) return { region: own, elsewhere: false };
  return { region: best[0], elsewhere: own !== null };
}

/** Drops places within longer ones: "Guinea" in "Papua New Guinea". */
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

/** The names of all countries in the ten languages, and the words around them. */
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

/** "Nigeria" also finds "Nigerian"; Russian names are found in every case. */
function phraseFor(name: string, language: string): string {
  const word = normalize(name);
  const plain = word.replace(/[()*…&.,]/g, ' ').trim();
  if (/[\s’'-]/.test(plain) || /[^a-z\u0400-\u04ff]/.test(plain)) return plain;
  if (AMBIGUOUS.has(plain)) return plain;
  const stem = plain.replace(/[aeiouаеиоуыюяьй]+$/, '');
  if (language === 'ru' && stem.length >= 4) return `${stem}*`;
  return stem.length >= SAFE_BEGINNING ? `${stem}*` : plain;
}
