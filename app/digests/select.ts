import type { Sign } from '../barriers/suggest';
import type { BarrierKind } from '../vocabularies/vocabularies';
import { type QuotedSentence, sha256 } from './content';
import type { Contribution } from './contributions';
import type { Span } from './spans';
import { Frequencies, overlap, termsOf } from './terms';
import type { QuotableText } from './texts';

/*
 * Which sentences stand for a kind of barrier: those that state it (by the lexicon that suggests
 * kinds), fully, and say most of what the others say too (nearness to the centroid of the kind's
 * texts in the same language, weighted by TF-IDF, after Radev et al., "Centroid-based summarization
 * of multiple documents", 2004), no two alike (maximal marginal relevance, Carbonell and Goldstein,
 * 1998), and each place before any place twice.
 */

/** A contribution with the row of the table of places that it belongs to. */
export interface Placed extends Contribution {
  place: string | null;
}

/** The sentences that are not to be quoted again, as `postId:start`. */
export type Taken = Set<string>;

/** As many texts of a kind as are read to choose from: enough for any digest, few enough to hold. */
export const MOST_READ = 300;

/** Sentences that read well in a briefing; in characters, where an ideograph counts for three. */
const GOOD_LENGTH = { least: 40, most: 240 };
const ANY_LENGTH = { least: 12, most: 400 };

/** Beyond this a sentence says no more; up to it a longer one says more. */
const FULL_LENGTH = 140;

/** What a sentence is chosen for; `npm run evaluate` shows what these are worth. */
const WEIGHTS = { bearing: 2, centrality: 0.5, fullness: 1, opening: 0.3 };

/** What a sign of another kind counts for: whoever names two troubles often states the one by the other. */
const SAME_TROUBLE = 0.3;

/** The weight of a phrase that states a barrier by itself. */
const STATED = 3;

/** Sentences that share more words than this say the same. */
const SAME = 0.6;

/**
 * The contributions that quotes are chosen among: one of each author, the oldest, drawn from the
 * places in turn, so that the loud ones do not fill the room.
 */
export function worthReading<T extends Placed>(contributions: readonly T[]): T[] {
  const seen = new Set<string>();
  const first = contributions.filter(({ authorId }) => {
    if (seen.has(authorId)) return false;
    seen.add(authorId);
    return true;
  });
  const byPlace = inTurn(
    first,
    ({ place }) => place ?? '',
    ({ country }) => country ?? '',
  );
  return byPlace.slice(0, MOST_READ);
}

/** One of each group, then a second of each, and so on; within groups by the further keys. */
function inTurn<T>(
  items: readonly T[],
  key: (item: T) => string,
  ...keys: ((item: T) => string)[]
) {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  const [next, ...rest] = keys;
  const lists = [...groups.values()].map((list): T[] =>
    next ? inTurn(list, next, ...rest) : list,
  );
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const result: T[] = [];
  for (let at = 0; at < longest; at += 1) {
    for (const list of lists) result.push(...list.slice(at, at + 1));
  }
  return result;
}

/** A sentence that may be quoted. */
export interface Candidate {
  contribution: Placed;
  text: QuotableText;
  span: Span;
  terms: Set<string>;
  score: number;
}

/**
 * Chooses up to `wanted` quotes for a kind of barrier and marks them as taken. `everything` counts
 * the terms of all texts of the digest. The same input gives the same quotes: ties go by id.
 */
export function chooseQuotes(
  kind: BarrierKind,
  contributions: readonly Placed[],
  texts: ReadonlyMap<string, QuotableText>,
  everything: Frequencies,
  wanted: number,
  taken: Taken,
): QuotedSentence[] {
  return pickVaried(bestOfEach(kind, contributions, texts, everything, taken), wanted, taken);
}

/**
 * Takes up to `wanted` candidates as quotes: no two alike, and each place before any place twice.
 * Marks them as taken.
 */
export function pickVaried(
  offered: readonly Candidate[],
  wanted: number,
  taken: Taken,
): QuotedSentence[] {
  const candidates = [...offered];
  const chosen: Candidate[] = [];
  while (chosen.length < wanted) {
    const next = best(candidates, chosen, taken);
    if (!next) break;
    chosen.push(next);
    candidates.splice(candidates.indexOf(next), 1);
  }
  for (const { text, span } of chosen) taken.add(`${text.id}:${span.start}`).add(text.id);
  return chosen.map(toQuote);
}

/** The most telling sentence of each contribution. */
function bestOfEach(
  kind: BarrierKind,
  contributions: readonly Placed[],
  texts: ReadonlyMap<string, QuotableText>,
  everything: Frequencies,
  taken: Taken,
): Candidate[] {
  const ofKind = new Frequencies();
  for (const { id } of contributions) {
    const text = texts.get(id);
    if (text) ofKind.add(text.language, text.terms);
  }
  const norms = new Map<string, number>();
  const candidates: Candidate[] = [];
  for (const contribution of contributions) {
    const text = texts.get(contribution.id);
    if (!text) continue;
    const { language } = text;
    const norm = norms.get(language) ?? ofKind.norm(language, everything);
    norms.set(language, norm);
    const free = text.sentences.filter((span) => !taken.has(`${text.id}:${span.start}`));
    const scored = ofGoodLength(free).map((span): Candidate => {
      const terms = termsOf(span.text, language);
      const centrality = nearness(terms, language, ofKind, everything) / (norm || 1);
      // Who opens a text by saying who they are has not said what the matter is yet.
      const opening = text.sentences.length > 1 && span === text.sentences[0] ? 1 : 0;
      const score =
        WEIGHTS.bearing * bearing(text.signs.kinds, span, kind) +
        WEIGHTS.centrality * centrality +
        WEIGHTS.fullness * fullness(span) -
        WEIGHTS.opening * opening;
      return { contribution, text, span, terms, score: rounded(score) };
    });
    const [first] = scored.sort((a, b) => b.score - a.score || a.span.start - b.span.start);
    if (first) candidates.push(first);
  }
  return candidates;
}

/** How near a sentence comes to the length that says most: 0 to 1. */
export function fullness({ text }: Span): number {
  return Math.min(lengthOf(text), FULL_LENGTH) / FULL_LENGTH;
}

/** How far a sentence states a barrier of the kind: 0 to 1, less than 0 where it denies one. */
function bearing(signs: readonly Sign[], span: Span, kind: BarrierKind): number {
  let weight = 0;
  for (const sign of signs) {
    if (sign.start < span.start || sign.end > span.end) continue;
    const share = sign.kind === kind ? 1 : SAME_TROUBLE;
    weight += (sign.denied ? -1 : 1) * share * sign.weight;
  }
  return Math.max(-1, Math.min(1, weight / STATED));
}

/** The sentences that read well in a briefing; where there are none, those that can be read at all. */
export function ofGoodLength(spans: readonly Span[]): Span[] {
  const within = ({ least, most }: typeof GOOD_LENGTH) =>
    spans.filter(({ text }) => lengthOf(text) >= least && lengthOf(text) <= most);
  const good = within(GOOD_LENGTH);
  return good.length > 0 ? good : within(ANY_LENGTH);
}

const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

function lengthOf(text: string): number {
  return text.length + 2 * (text.match(IDEOGRAPHS)?.length ?? 0);
}

/** The sentence's TF-IDF vector, at length one, along the centroid of the kind's texts. */
function nearness(
  terms: ReadonlySet<string>,
  language: string,
  ofKind: Frequencies,
  everything: Frequencies,
): number {
  let along = 0;
  let square = 0;
  for (const term of terms) {
    const idf = everything.idf(language, term);
    along += idf * idf * ofKind.of(language, term);
    square += idf * idf;
  }
  return square === 0 ? 0 : along / Math.sqrt(square);
}

/** The next to quote: from a post not quoted yet, from the places quoted least, then by score. */
function best(candidates: readonly Candidate[], chosen: readonly Candidate[], taken: Taken) {
  const fresh = candidates
    .map((candidate) => {
      const alike = Math.max(0, ...chosen.map(({ terms }) => overlap(terms, candidate.terms)));
      const { place, country } = candidate.contribution;
      const order = [
        taken.has(candidate.text.id) ? 1 : 0,
        chosen.filter((other) => other.contribution.place === place).length,
        chosen.filter((other) => other.contribution.country === country).length,
        alike - candidate.score,
      ];
      return { candidate, alike, order };
    })
    .filter(({ alike }) => alike <= SAME);
  fresh.sort(
    (a, b) => compare(a.order, b.order) || (a.candidate.text.id < b.candidate.text.id ? -1 : 1),
  );
  return fresh[0]?.candidate;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const difference = value - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Logarithms may differ in their last digit from machine to machine; choices must not. */
function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}

function toQuote({ contribution, text, span }: Candidate): QuotedSentence {
  const { id, revision, language, author, createdAt } = text;
  const { country, region } = contribution;
  const { start, end } = span;
  return {
    kind: 'quoted',
    postId: id,
    revision,
    start,
    end,
    hash: sha256(span.text),
    text: span.text,
    language,
    country,
    region,
    author,
    createdAt,
  };
}
