import { countriesIn, type PlaceCode } from '~/platform/places/places';
import { countriesNamed, regionOf } from './barrier-region';
import { type DiscourseCue, hasCue } from './discourse';
import type { LexiconLanguage } from './lexicon';

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
  return foreign(nearby) || (nearby.size === 0 && has(near, 'there'));
}
