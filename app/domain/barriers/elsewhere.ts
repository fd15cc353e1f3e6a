import { countriesIn, type PlaceCode } from '~/platform/places/places';
import { countriesNamed, regionOf } from './barrier-region';
import { type DiscourseCue, firstCue, hasCue } from './discourse';
import type { LexiconLanguage } from './lexicon';
import { signsOf } from './suggest';

/**
 * Whether a text is about another place than its author's: "My cousin in Canada says that over there
 * …". Known only of what it names; it errs towards the author's place.
 * @param place the author's country or region; null where that is not known
 * @param near the text with what stands before it, if that is read with it
 */
export function speaksOfElsewhere(
  text: string,
  place: PlaceCode | null,
  language: LexiconLanguage | null,
  near = text,
): boolean {
  if (place && regionOf(text, place).elsewhere) return true;
  const isOwn = (code: string) => place !== null && countriesIn(place).includes(code);
  const foreign = (named: Set<string>) => named.size > 0 && ![...named].some(isOwn);
  const has = (words: string, cue: DiscourseCue) =>
    language !== null && hasCue(words, language, cue);
  if (foreign(countriesNamed(text)) && !has(text, 'self') && has(text, 'there')) return true;
  // In one sentence or in two.
  if (!has(near, 'kin')) return false;
  const nearby = countriesNamed(near);
  if (foreign(nearby) || (nearby.size === 0 && has(near, 'there'))) return true;
  const contrast = language && kinAndHere(near, language);
  if (!contrast) return false;
  const theirs = countriesNamed(contrast.kin);
  return theirs.size > 0 ? foreign(theirs) : HAS_NAME.test(near);
}

/**
 * Returns what a text says of kin and then of the author's place, normalised: "My sister in Lyon waits for
 * a graphics card. Here we rent one by the hour." Null where it does not set the two against each other, or
 * states a problem of the author's place too.
 */
export function kinAndHere(
  text: string,
  language: LexiconLanguage,
): { kin: string; here: string } | null {
  const found = firstCue(text, language, 'here');
  if (!found || !OPENS_CLAUSE.test(found.before)) return null;
  if (!hasCue(found.before, language, 'kin')) return null;
  const isWell = signsOf(found.after, language).problems.length === 0;
  return isWell ? { kin: found.before, here: found.after } : null;
}

/** A name within the first sentence: of a place that is not known, so its author is asked. */
const HAS_NAME = /^[^.!?…]*\s\p{Lu}\p{Ll}/u;

/** Before the first word of a clause: a mark, and at most one word, such as "but". */
const OPENS_CLAUSE = /\p{P}\s*(?:\p{L}+\s)?$/u;
