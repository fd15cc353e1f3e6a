import { regionWithin } from '~/domain/barriers/place-rows';
import type { Sign } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { type QuotedSentence, sha256 } from './content-parts';
import type { Contribution } from './contributions';
import { reportsImprovement } from './improvements';
import type { IssueClusters } from './issue-clusters';
import { lexRank } from './lexrank';
import type { QuotableText } from './load-texts';
import type { Span } from './spans';
import { quoteStatements } from './statements';
import { type Frequencies, overlap, termsOf } from './terms';

/*
 * Which sentences stand for a kind of barrier: those that state it (by the lexicon that suggests
 * kinds), fully, and say most of what the others say too (LexRank among what is said of the kind in
 * the same region and language), no two alike and none of a matter that is told already (maximal
 * marginal relevance, Carbonell and Goldstein, 1998), and each place before any place twice. A wide
 * digest is so composed of what its regions would quote.
 */

/** A contribution with the row of the table of places that it belongs to. */
export interface Placed extends Contribution {
  place: string | null;
}

/** What is quoted already: sentences as `postId:start`, posts, and matters by their first post. */
export type Taken = Set<string>;

/** What quotes are chosen with. */
export interface Choosing {
  texts: ReadonlyMap<string, QuotableText>;
  /** The terms of all texts of the digest. */
  everything: Frequencies;
  matters: IssueClusters;
  taken: Taken;
}

/** As many texts of a kind as are read to choose from: enough for any digest, few enough to hold. */
const MOST_READ = 300;

/** Sentences that read well in a briefing; in characters, where an ideograph counts for three. */
const GOOD_LENGTH = { least: 40, most: 240 };
const ANY_LENGTH = { least: 12, most: 400 };

/** Beyond this a sentence says no more; up to it a longer one says more. */
const FULL_LENGTH = 140;

/** What a sentence is chosen for; `npm run evaluate` shows what these are worth. */
const WEIGHTS = { bearing: 2, centrality: 0.5, fullness: 2, opening: 0.3, asking: 0.5, late: 0.5 };

/** What a sign of another kind counts for: whoever names two troubles often states the one by the other. */
const SAME_TROUBLE = 0.3;

/** The weight of a phrase that states a barrier by itself. */
const STATED = 3;

/** From here on a sentence states a barrier by itself. */
const SAYS_SO = 0.34;

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
  /** How far it states the barrier that it stands for, 0 to 1; see `bearing`. */
  states?: number;
  score: number;
}

/**
 * Chooses up to `wanted` quotes for a kind of barrier and marks them as taken. The same input gives
 * the same quotes: ties go by id.
 */
export function chooseQuotes(
  kind: BarrierKind,
  contributions: readonly Placed[],
  choosing: Choosing,
  wanted: number,
): QuotedSentence[] {
  return pickVaried(bestOfEach(kind, contributions, choosing), wanted, choosing);
}

/**
 * Takes up to `wanted` candidates as quotes: no two alike, and each place before any place twice.
 * Marks them as taken.
 */
export function pickVaried(
  offered: readonly Candidate[],
  wanted: number,
  choosing: Choosing,
): QuotedSentence[] {
  const { taken, matters } = choosing;
  const candidates = [...offered];
  const chosen: Candidate[] = [];
  while (chosen.length < wanted) {
    const next = best(candidates, chosen, choosing);
    if (!next) break;
    chosen.push(next);
    candidates.splice(candidates.indexOf(next), 1);
  }
  for (const { text, span } of chosen) {
    taken.add(`${text.id}:${span.start}`).add(text.id).add(matterName(matters, text.id));
  }
  return chosen.map((one) => toQuote(one, matters));
}

/** Posts outside any matter are one of their own. */
function matterName(matters: IssueClusters, id: string): string {
  return `matter ${matters.get(id)?.ids[0] ?? id}`;
}

/** The most telling sentence of each contribution. */
export function bestOfEach(
  kind: BarrierKind,
  contributions: readonly Placed[],
  { texts, everything, taken }: Choosing,
): Candidate[] {
  const offered = contributions.flatMap((contribution) => {
    const text = texts.get(contribution.id);
    if (!text || text.signs.reading === 'abuse') return [];
    const free = text.sentences.filter((span) => !taken.has(`${text.id}:${span.start}`));
    return ofGoodLength(free)
      .filter((span) => !reportsImprovement(span, text.language))
      .map((span) => ({ contribution, text, span, terms: termsOf(span.text, text.language) }));
  });
  const central = centralityOf(offered, everything);
  const bests = new Map<string, Candidate>();
  for (const [at, one] of offered.entries()) {
    const { text, span } = one;
    const states = bearing(text.signs.kinds, span, kind);
    // Who denies a barrier does not stand for it.
    if (states < 0) continue;
    // Who opens a text by saying who they are has not said what the matter is yet.
    const opening = text.sentences.length > 1 && span === text.sentences[0] ? 1 : 0;
    const asking = /[?؟？]$/.test(span.text) ? 1 : 0;
    // People say what the matter is before they say what comes of it.
    const late = text.sentences.indexOf(span) / Math.max(1, text.sentences.length - 1);
    const score = rounded(
      WEIGHTS.bearing * states +
        WEIGHTS.centrality * (central[at] ?? 0) +
        WEIGHTS.fullness * fullness(span) -
        WEIGHTS.opening * opening -
        WEIGHTS.asking * asking -
        WEIGHTS.late * late,
    );
    const known = bests.get(text.id);
    if (!known || score > known.score) bests.set(text.id, { ...one, states, score });
  }
  return [...bests.values()];
}

type Offered = Omit<Candidate, 'score' | 'states'>;

/** How central each sentence is among those of its region and language, from 0 to 1. */
function centralityOf(offered: readonly Offered[], everything: Frequencies): number[] {
  const cells = new Map<string, number[]>();
  for (const [at, { contribution, text }] of offered.entries()) {
    const cell = `${regionWithin(contribution)} ${text.language}`;
    const known = cells.get(cell);
    if (known) known.push(at);
    else cells.set(cell, [at]);
  }
  const central = offered.map(() => 0);
  for (const members of cells.values()) {
    const vectors = members.map((at) => {
      const { terms, text } = offered[at] as Offered;
      return new Map([...terms].map((term) => [term, everything.idf(text.language, term)]));
    });
    for (const [place, rank] of lexRank(vectors).entries()) central[members[place] ?? 0] = rank;
  }
  return central;
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

/**
 * The next to quote: from a post and of a matter not quoted yet, from the places quoted least, then
 * by score.
 */
function best(
  candidates: readonly Candidate[],
  chosen: readonly Candidate[],
  { taken, matters }: Choosing,
) {
  const fresh = candidates
    .map((candidate) => {
      const alike = Math.max(0, ...chosen.map(({ terms }) => overlap(terms, candidate.terms)));
      const { place, country } = candidate.contribution;
      const matter = matterName(matters, candidate.text.id);
      const told = chosen.some(({ text }) => matterName(matters, text.id) === matter);
      const order = [
        taken.has(candidate.text.id) ? 1 : 0,
        told || taken.has(matter) ? 1 : 0,
        chosen.filter((other) => other.contribution.place === place).length,
        chosen.filter((other) => other.contribution.country === country).length,
        alike - candidate.score,
      ];
      return { candidate, alike, order };
    })
    .filter(({ alike, candidate }) => {
      // A second sentence of a post has to say something of its own.
      const again = taken.has(candidate.text.id) && (candidate.states ?? 1) < SAYS_SO;
      return alike <= SAME && !(again && chosen.length > 0);
    });
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

function toQuote({ contribution, text, span }: Candidate, matters: IssueClusters): QuotedSentence {
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
    context: quoteStatements(matters.get(id), id),
  };
}
