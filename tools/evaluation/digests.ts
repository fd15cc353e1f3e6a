import { ownParagraphs, quotableSentences, type Span } from '~/domain/barriers/quoting/spans';
import { composeDigest } from '~/domain/digests/compose';
import { barrierQuotesOf, type DigestContent } from '~/domain/digests/content';
import type { QuotedSentence } from '~/domain/digests/content-parts';
import { parsePeriod } from '~/domain/digests/period';
import { overlap, termsOf } from '~/domain/digests/terms';
import { visiblePost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { parseScope } from '~/platform/places/scope';
import type { Db } from '~db/client';
import { meToos, postBarriers, posts } from '~db/schema';
import { chance } from '../random';
import {
  type Balance,
  balanceOf,
  type Checked,
  recounted,
  rematched,
  reportsOf,
  trendsAgain,
  trendsTold,
} from './digest-checks';

/** The label that a human reader gave to a contribution. */
export interface GoldLabel {
  id: string;
  raises: boolean;
  /** Contributions of the same group report the same barrier. */
  group: string | null;
  /** The words that state the barrier best, verbatim; null if none is reported. */
  key: string | null;
}

/** Shares, each from 0 to 1. */
export interface DigestScores {
  /** Share of key points (a group, or a single contribution) whose key words are in a quote. */
  coverage: number;
  /** Mean over all digests of the highest similarity of two quotes in the same language. */
  redundancy: number;
  digests: number;
  points: number;
  quotes: number;
  characters: number;
}

/** Ways to choose quotes: simple ones choose as many, or `AsLong`: as many characters. */
export type Method =
  | 'causeway'
  | 'random'
  | 'longest'
  | 'longestAsLong'
  | 'first'
  | 'firstAsLong'
  | 'meToos'
  | 'meToosAsLong';

/** The results of a method for choosing quotes, compared with simple methods. */
export interface DigestEvaluation {
  scores: Record<Method, DigestScores>;
  /** Quotes that match their post word for word. */
  quotes: Checked;
  /** Public numbers that an independent count confirms. */
  counts: Checked;
  /** Trends that come out the same in another computation. */
  trends: Checked;
  /** Trends that are told, and changes of a count, which would be trends without the rules. */
  trendsTold: Checked;
  /** Mean over the digests of the world. */
  balance: Balance;
}

export interface DigestCorpus {
  gold: readonly GoldLabel[];
  /** Named subsets of the labels, each measured separately. */
  parts: Record<string, (id: string) => boolean>;
  scopes: readonly string[];
  periods: readonly string[];
}

/** A visible post as stored. */
export interface Source {
  id: string;
  authorId: string;
  country: string | null;
  body: string;
  language: string;
  createdAt: number;
  sentences: Span[];
  kinds: string[];
  meToos: number;
}

/** The measured part of a quote: the post and the position of its words. */
interface Chosen {
  postId: string;
  start: number;
  end: number;
  text: string;
  language: string;
}

/** Number of random choices whose mean is reported. */
const DRAWS = 20;

/** The default of `DIGEST_MIN_AUTHORS`. */
const USUAL_MINIMUM = 5;

/**
 * Measures the digests of every scope and period, for each subset of the labels that say which
 * words state each barrier best. Only coverage and its key points differ between subsets; the
 * digests, and so all other results, are the same. A simple method gets the same contributions,
 * must choose as many quotes, or as many characters, and chooses from the same sentences.
 */
export async function evaluateDigests(
  app: AppContext,
  { gold, parts, scopes, periods }: DigestCorpus,
  draws = DRAWS,
): Promise<Record<string, DigestEvaluation>> {
  const { community } = app;
  const db = app.db.reader;
  const sources = await readSources(db);
  const labels = new Map(gold.map((label) => [label.id, label]));
  const checks = { quotes: none(), counts: none(), trends: none(), trendsTold: none() };
  const balances: Balance[] = [];
  const tallies = new Map(
    Object.keys(parts).map((part) => [
      part,
      {
        causeway: new Tally(),
        random: new Tally(),
        longest: new Tally(),
        longestAsLong: new Tally(),
        first: new Tally(),
        firstAsLong: new Tally(),
        meToos: new Tally(),
        meToosAsLong: new Tally(),
      },
    ]),
  );
  for (const code of scopes) {
    for (const id of periods) {
      const scope = parseScope(code);
      const period = parsePeriod(id);
      if (!scope || !period) continue;
      const content = await composeDigest(db, scope, period, {
        minAuthors: 1,
        now: period.end,
        community,
      });
      if (!content) continue;
      // Once more as it is published, with claims about few people left out.
      const usual = { minAuthors: USUAL_MINIMUM, now: period.end, community };
      const asUsual = await composeDigest(db, scope, period, usual);
      for (const digest of [content, ...(asUsual ? [asUsual] : [])]) {
        addTo(checks.quotes, rematched(digest, sources));
        addTo(checks.counts, recounted(digest, sources, period));
        addTo(checks.trends, trendsAgain(digest, sources, period));
        addTo(checks.trendsTold, trendsTold(digest));
      }
      const pool = reportsOf(sources, scope, period);
      const points = Object.entries(parts).map(
        ([part, keep]) => [part, pointsOf(pool, labels, keep)] as const,
      );
      if (scope === 'world') balances.push(balanceOf(content, pool));
      const add = (method: Method, chosen: Chosen[]) => {
        for (const [part, to] of points) tallies.get(part)?.[method].add(to, chosen);
      };
      add('causeway', quotesOfReports(content));
      const simple = {
        longest: [(a: Source, b: Source) => longest(b) - longest(a), byLength],
        first: [(a: Source, b: Source) => a.createdAt - b.createdAt, inOrder],
        meToos: [(a: Source, b: Source) => b.meToos - a.meToos, inOrder],
      } as const;
      for (const [method, [order, prefer]] of Object.entries(simple)) {
        add(method as keyof typeof simple, baseline(content, pool, order, prefer));
        const asLong = baseline(content, pool, order, prefer, true);
        add(`${method as keyof typeof simple}AsLong`, asLong);
      }
      for (let draw = 0; draw < draws; draw += 1) {
        const dice = diceOf(`${code} ${id} ${draw}`);
        const order = new Map(pool.map((one) => [one.id, dice()]));
        const byChance = (a: Source, b: Source) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0);
        const shuffled = ({ sentences }: Source) =>
          sentences
            .map((span) => ({ span, by: dice() }))
            .sort((a, b) => a.by - b.by)
            .map(({ span }) => span);
        add('random', baseline(content, pool, byChance, shuffled));
      }
    }
  }
  const balance = {
    heard: mean(balances.map(({ heard }) => heard)),
    loudestIn: mean(balances.map(({ loudestIn }) => loudestIn)),
    loudestOut: mean(balances.map(({ loudestOut }) => loudestOut)),
  };
  return Object.fromEntries(
    [...tallies].map(([part, tally]) => {
      const scores = {
        causeway: tally.causeway.scores(1),
        random: tally.random.scores(draws),
        longest: tally.longest.scores(1),
        longestAsLong: tally.longestAsLong.scores(1),
        first: tally.first.scores(1),
        firstAsLong: tally.firstAsLong.scores(1),
        meToos: tally.meToos.scores(1),
        meToosAsLong: tally.meToosAsLong.scores(1),
      };
      return [part, { scores, ...checks, balance }];
    }),
  );
}

/** The quotes about barriers: under key points and kinds, and of reports that say what got better. */
function quotesOfReports(content: DigestContent): QuotedSentence[] {
  return [...barrierQuotesOf(content), ...content.eased.map(({ quote }) => quote)];
}

/** Returns the evaluation as lines for a terminal. */
export function describeDigests(name: string, evaluation: DigestEvaluation): string {
  const { scores, quotes, counts, trends, trendsTold, balance } = evaluation;
  const share = (value: number) => value.toFixed(2);
  const checked = ({ right, of }: Checked) => `${right} of ${of}`;
  const { digests, points } = scores.causeway;
  return [
    `${name} (${digests} digests, ${points} key points)`,
    '  method        coverage redundancy quotes characters',
    ...Object.entries(scores).map(
      ([method, one]) =>
        `  ${method.padEnd(13)} ${share(one.coverage).padStart(8)} ${share(one.redundancy).padStart(10)} ${one.quotes.toFixed(0).padStart(6)} ${one.characters.toFixed(0).padStart(10)}`,
    ),
    `  quotes that match their source      ${checked(quotes)}`,
    `  numbers that a second count gives   ${checked(counts)}`,
    `  trends, computed in another way     ${checked(trends)}`,
    `  trends told, and changes of a count ${checked(trendsTold)}`,
    `  regions heard in world digests      ${share(balance.heard)}`,
    `  loudest region, said and quoted     ${share(balance.loudestIn)}, ${share(balance.loudestOut)}`,
  ].join('\n');
}

function none(): Checked {
  return { right: 0, of: 0 };
}

function addTo(sum: Checked, { right, of }: Checked): void {
  sum.right += right;
  sum.of += of;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

class Tally {
  #covered = 0;
  #points = 0;
  #alike = 0;
  #digests = 0;
  #quotes = 0;
  #characters = 0;

  add(points: Map<string, Point[]>, chosen: readonly Chosen[]): void {
    this.#digests += 1;
    this.#quotes += chosen.length;
    this.#characters += charactersOf(chosen);
    this.#points += points.size;
    for (const ways of points.values()) {
      if (ways.some((way) => chosen.some((quote) => shows(quote, way)))) this.#covered += 1;
    }
    this.#alike += likestPair(chosen);
  }

  scores(draws: number): DigestScores {
    return {
      coverage: this.#points === 0 ? 0 : this.#covered / this.#points,
      redundancy: this.#digests === 0 ? 0 : this.#alike / this.#digests,
      digests: this.#digests / draws,
      points: this.#points / draws,
      quotes: this.#quotes / draws,
      characters: this.#characters / draws,
    };
  }
}

interface Point {
  postId: string;
  start: number;
  end: number;
}

/** Returns the key points: one per group, and one per contribution outside groups. */
function pointsOf(
  pool: readonly Source[],
  labels: ReadonlyMap<string, GoldLabel>,
  keep: (id: string) => boolean,
): Map<string, Point[]> {
  const points = new Map<string, Point[]>();
  for (const { id, body } of pool) {
    const label = labels.get(id);
    if (!label?.raises || !label.key || !keep(id)) continue;
    const start = body.indexOf(label.key);
    if (start < 0) throw new Error(`the key words of ${id} do not stand in it`);
    const name = label.group ?? id;
    const way = { postId: id, start, end: start + label.key.length };
    points.set(name, [...(points.get(name) ?? []), way]);
  }
  return points;
}

/** True if a quote contains at least half of the key words. */
function shows(quote: Chosen, { postId, start, end }: Point): boolean {
  if (quote.postId !== postId) return false;
  const shared = Math.min(quote.end, end) - Math.max(quote.start, start);
  return shared * 2 >= end - start;
}

function likestPair(chosen: readonly Chosen[]): number {
  let likest = 0;
  for (const [at, one] of chosen.entries()) {
    for (const other of chosen.slice(at + 1)) {
      if (one.language !== other.language) continue;
      const shared = overlap(termsOf(one.text, one.language), termsOf(other.text, other.language));
      likest = Math.max(likest, shared);
    }
  }
  return likest;
}

/**
 * Chooses as many sentences as the digest has quotes, or as many characters, taking the kinds in turn:
 * the next contribution in an order, its next preferred sentence.
 */
function baseline(
  content: DigestContent,
  pool: readonly Source[],
  order: (a: Source, b: Source) => number,
  prefer: (source: Source) => Span[],
  asLong = false,
): Chosen[] {
  const quotes = quotesOfReports(content);
  let room = asLong ? charactersOf(quotes) : quotes.length;
  const chosen: Chosen[] = [];
  const lists = new Map(pool.map((one) => [one.id, [...prefer(one)]]));
  const used = new Map<string, number>();
  const times = ({ id }: Source) => used.get(id) ?? 0;
  for (let added = true; added; ) {
    added = false;
    for (const { kind } of content.barriers) {
      const [one] = pool
        .filter(({ id, kinds }) => kinds.includes(kind) && (lists.get(id)?.length ?? 0) > 0)
        .sort((a, b) => times(a) - times(b) || order(a, b) || (a.id < b.id ? -1 : 1));
      const span = one && lists.get(one.id)?.shift();
      if (!span) continue;
      added = true;
      const takes = asLong ? span.text.length : 1;
      if (room < takes) return chosen;
      room -= takes;
      used.set(one.id, times(one) + 1);
      chosen.push({ ...span, postId: one.id, language: one.language });
    }
  }
  return chosen;
}

function charactersOf(chosen: readonly Pick<Chosen, 'text'>[]): number {
  return chosen.reduce((sum, { text }) => sum + text.length, 0);
}

const inOrder = ({ sentences }: Source) => sentences;
const byLength = ({ sentences }: Source) =>
  sentences.toSorted((a, b) => b.text.length - a.text.length);
const longest = (source: Source) => byLength(source)[0]?.text.length ?? 0;

async function readSources(db: Db): Promise<Map<string, Source>> {
  const rows = await db.select().from(posts).where(visiblePost());
  const kinds = await db.select().from(postBarriers);
  const meTooRows = await db.select().from(meToos);
  return new Map(
    rows.map(({ id, authorId, country, body, html, language, createdAt }) => [
      id,
      {
        id,
        authorId,
        country,
        body,
        language,
        createdAt,
        sentences: quotableSentences(body, ownParagraphs(html), language),
        kinds: kinds.filter(({ postId }) => postId === id).map(({ kind }) => kind),
        meToos: meTooRows.filter(({ postId }) => postId === id).length,
      },
    ]),
  );
}

/** Returns a random number generator from 0 to 1 that repeats for the same words. */
function diceOf(words: string): () => number {
  let seed = 0;
  for (const letter of words) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) | 0;
  return chance(seed);
}
