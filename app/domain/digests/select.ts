import { reportsImprovement } from '~/domain/barriers/improvements';
import { regionWithin } from '~/domain/barriers/place-rows';
import { type Run, type Standing, standingRun } from '~/domain/barriers/quoting/quote-rules';
import { asOneLine, lengthOf, type Sentence, type Span } from '~/domain/barriers/quoting/spans';
import { type Sign, STATES_ALONE, within } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { type QuotedSentence, sha256 } from './content-parts';
import type { Contribution } from './contributions';
import { lexRank } from './lexrank';
import type { QuotableText } from './load-texts';
import { type Frequencies, overlap, termsOf } from './terms';

/*
 * Which sentences stand for a kind of barrier: those that state it (by the lexicon that suggests
 * kinds), fully, and say most of what the others say too (LexRank among what is said of the kind in
 * the same region and language), no two alike (maximal marginal relevance, Carbonell and Goldstein,
 * 1998), and each place before any place twice. So a digest of a wide region is composed of what the
 * digests of its parts would quote.
 */

/** A contribution with its row in the table of places. */
export interface Placed extends Contribution {
  place: string | null;
}

/** What is quoted already: sentences as `postId:start`, and posts. */
export type Taken = Set<string>;

/** The data for choosing quotes. */
export interface Choosing {
  texts: ReadonlyMap<string, QuotableText>;
  /** Term frequencies of all texts in the digest. */
  everything: Frequencies;
  taken: Taken;
  /** Whether words are not to be quoted, whatever the rules say. */
  avoids?: ((words: string) => boolean) | undefined;
}

/** Maximum number of texts per kind that are read: enough for any digest, and a limit on memory. */
const MOST_READ = 300;

/** Sentence lengths suited to a briefing, in characters; a CJK ideograph counts as three. */
const GOOD_LENGTH = { least: 40, most: 240 };
const ANY_LENGTH = { least: 12, most: 400 };

/** Up to this length a longer sentence says more; beyond it, no longer. */
const FULL_LENGTH = 140;

/** The weights of the criteria for a sentence; `npm run evaluate` measures their effect. */
const WEIGHTS = { bearing: 2, centrality: 0.5, fullness: 2, opening: 0.3, asking: 0.5, late: 0.5 };

/**
 * Weight of evidence for another kind, because people often state one problem by naming another.
 */
const SAME_TROUBLE = 0.3;

/** Minimum share at which a sentence states a barrier by itself. */
const SAYS_SO = 0.34;

/** Sentences that share more words than this are considered the same. */
const SAME = 0.6;

/**
 * Returns the contributions to choose quotes from: the oldest of each author, taking the places in
 * turn, so that a few very active places do not dominate.
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

/**
 * Returns one of each group, then a second of each, and so on; within groups by the further keys.
 */
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

/** Returns posts as reports of a key point: a person confirmed that they stand for its kind. */
export function asReportsOf<T extends Placed>(kind: BarrierKind, posts: readonly T[]): T[] {
  return posts.map((post) => ({ ...post, kinds: [kind] }));
}

/** A sentence that may be quoted. */
export interface Candidate {
  contribution: Placed;
  text: QuotableText;
  span: Run;
  terms: Set<string>;
  /** Clarity with which it states the barrier, 0 to 1; see `bearing`. */
  states?: number;
  score: number;
}

/**
 * Chooses up to `wanted` quotes for a kind of barrier and marks them as taken. Deterministic: ties
 * are broken by id.
 */
export function chooseQuotes(
  kind: BarrierKind,
  contributions: readonly Placed[],
  choosing: Choosing,
  wanted: number,
): QuotedSentence[] {
  return pickVaried(bestOfEach(kind, contributions, choosing), wanted, choosing);
}

/** Takes up to `wanted` candidates as quotes: none similar, every place before any place twice. */
export function pickVaried(
  offered: readonly Candidate[],
  wanted: number,
  choosing: Choosing,
): QuotedSentence[] {
  const { taken } = choosing;
  const candidates = [...offered];
  const chosen: Candidate[] = [];
  while (chosen.length < wanted) {
    const next = best(candidates, chosen, choosing);
    if (!next) break;
    chosen.push(next);
    candidates.splice(candidates.indexOf(next), 1);
  }
  for (const { text, span } of chosen) {
    taken.add(text.id);
    for (const { start } of text.sentences.slice(span.from, span.to)) {
      taken.add(`${text.id}:${start}`);
    }
  }
  return chosen.map(toQuote);
}

/**
 * Returns the most informative sentence of each contribution: of a good length, or where none of these
 * stands, of an acceptable one.
 */
export function bestOfEach(
  kind: BarrierKind,
  contributions: readonly Placed[],
  choosing: Choosing,
): Candidate[] {
  const found = bestAmong(kind, contributions, choosing, ofGoodLength);
  const quoted = new Set(found.map(({ text }) => text.id));
  const left = contributions.filter(({ id }) => !quoted.has(id));
  return [...found, ...bestAmong(kind, left, choosing, ofAnyLength)];
}

function bestAmong(
  kind: BarrierKind,
  contributions: readonly Placed[],
  choosing: Choosing,
  among: (sentences: readonly Sentence[]) => Sentence[],
): Candidate[] {
  const { texts, everything, taken } = choosing;
  const offered = contributions.flatMap((contribution) => {
    const text = texts.get(contribution.id);
    if (!text || text.signs.reading === 'abuse') return [];
    const free = text.sentences.filter((span) => !taken.has(`${text.id}:${span.start}`));
    return among(free)
      .filter((span) => !reportsImprovement(span, text.language))
      .map((span) => ({ contribution, text, span, terms: termsOf(span.text, text.language) }));
  });
  const central = centralityOf(offered, everything);
  const scored = new Map<string, (Offered & { states: number; score: number })[]>();
  for (const [at, one] of offered.entries()) {
    const { text, span } = one;
    const states = bearing(text.signs.kinds, span, kind);
    // A denial does not represent the barrier.
    if (states < 0) continue;
    // In a first sentence people often introduce themselves before they state the problem.
    const opening = text.sentences.length > 1 && span === text.sentences[0] ? 1 : 0;
    const asking = /[?؟？]$/.test(span.text) ? 1 : 0;
    // People usually state the problem before its consequences.
    const late = text.sentences.indexOf(span) / Math.max(1, text.sentences.length - 1);
    const score = rounded(
      WEIGHTS.bearing * states +
        WEIGHTS.centrality * (central[at] ?? 0) +
        WEIGHTS.fullness * fullness(span) -
        WEIGHTS.opening * opening -
        WEIGHTS.asking * asking -
        WEIGHTS.late * late,
    );
    const known = scored.get(text.id);
    if (known) known.push({ ...one, states, score });
    else scored.set(text.id, [{ ...one, states, score }]);
  }
  // The best sentence that stands, alone or with its neighbours.
  return [...scored.values()].flatMap((sentences) => {
    for (const one of sentences.sort((a, b) => b.score - a.score)) {
      const { country, kinds } = one.contribution;
      const span = quotedFor(one.text, one.span, { kind, named: kinds, country }, choosing);
      if (span) return [{ ...one, span }];
    }
    return [];
  });
}

/** Returns the run that is quoted for a sentence, no part of it quoted already; null if none stands. */
export function quotedFor(
  text: QuotableText,
  sentence: Sentence,
  standing: Standing,
  { taken, avoids }: Pick<Choosing, 'taken' | 'avoids'>,
): Run | null {
  const isFree = ({ from, to, text: words }: Run) =>
    !text.sentences.slice(from, to).some(({ start }) => taken.has(`${text.id}:${start}`)) &&
    !avoids?.(words);
  return standingRun(text, text.sentences.indexOf(sentence), standing, isFree);
}

type Offered = Omit<Candidate, 'score' | 'states' | 'span'> & { span: Sentence };

/** Returns how central each sentence is among those of its region and language, from 0 to 1. */
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

/** Returns how close a sentence comes to the ideal length: 0 to 1. */
export function fullness({ text }: Span): number {
  return Math.min(lengthOf(text), FULL_LENGTH) / FULL_LENGTH;
}

/**
 * Returns how clearly a sentence states a barrier of the kind: 0 to 1, negative if it denies one.
 */
function bearing(signs: readonly Sign[], span: Span, kind: BarrierKind): number {
  let weight = 0;
  for (const sign of signs.filter(within(span))) {
    const share = sign.kind === kind ? 1 : SAME_TROUBLE;
    weight += (sign.denied ? -1 : 1) * share * sign.weight;
  }
  return Math.max(-1, Math.min(1, weight / STATES_ALONE));
}

/** Returns the sentences of a good length; if there are none, those of an acceptable length. */
export function ofGoodLength<Of extends Span>(spans: readonly Of[]): Of[] {
  const good = spans.filter(hasLength(GOOD_LENGTH));
  return good.length > 0 ? good : ofAnyLength(spans);
}

function ofAnyLength<Of extends Span>(spans: readonly Of[]): Of[] {
  return spans.filter(hasLength(ANY_LENGTH));
}

function hasLength({ least, most }: typeof GOOD_LENGTH) {
  return ({ text }: Span) => lengthOf(text) >= least && lengthOf(text) <= most;
}

/** The next to quote: from a post not quoted yet, from the places quoted least, then by score. */
function best(candidates: readonly Candidate[], chosen: readonly Candidate[], { taken }: Choosing) {
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
    .filter(({ alike, candidate }) => {
      // A second sentence of the same post must state the barrier by itself.
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

/** Logarithms may differ in the last digit between machines; choices must not. */
function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}

function toQuote({ contribution, text, span }: Candidate): QuotedSentence {
  const { id, revision, language, author, createdAt, industry } = text;
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
    ...surroundings(text, span),
    language,
    country,
    region,
    industry,
    author,
    createdAt,
    context: [],
  };
}

/** As much as a TextQuoteSelector keeps before and after a quote, in UTF-16 units. */
const CONTEXT = 64;

/** Returns what stands around a quote: prefix, suffix (Web Annotation) and its paragraph. */
function surroundings({ paragraphs, sentences }: QuotableText, { from, text }: Run) {
  const paragraph = asOneLine(paragraphs[sentences[from]?.paragraph ?? 0] ?? '');
  const exact = asOneLine(text);
  const at = paragraph.indexOf(exact);
  if (at < 0) return {};
  const end = at + exact.length;
  // Half a surrogate pair is no character.
  const whole = (part: string) => part.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  return {
    prefix: whole(paragraph.slice(Math.max(0, at - CONTEXT), at)),
    suffix: whole(paragraph.slice(end, end + CONTEXT)),
    paragraph,
  };
}
