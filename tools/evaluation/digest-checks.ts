import { type DigestContent, quotesOf } from '~/domain/digests/content';
import { computed, NOT_TOLD, sha256 } from '~/domain/digests/content-parts';
import { type Period, previousPeriod } from '~/domain/digests/period';
import { childRegions, regionOf } from '~/platform/places/places';
import { type Scope, scopeContains } from '~/platform/places/scope';
import type { Source } from './digests';

/*
 * Checks of a digest besides its choice of quotes. Everything is computed again from the stored
 * posts, with different code than in the digest.
 */

export interface Checked {
  right: number;
  of: number;
}

/** The posts of a place and period that report a barrier. */
export function reportsOf(
  sources: ReadonlyMap<string, Source>,
  scope: Scope,
  { start, end }: Pick<Period, 'start' | 'end'>,
): Source[] {
  return [...sources.values()].filter(
    ({ createdAt, kinds, country }) =>
      createdAt >= start &&
      createdAt < end &&
      kinds.length > 0 &&
      scopeContains(scope, country, null),
  );
}

/** Counts the quotes that match their post word for word. */
export function rematched(content: DigestContent, sources: ReadonlyMap<string, Source>): Checked {
  const quotes = quotesOf(content);
  const right = quotes.filter(({ postId, start, end, text, hash }) => {
    const stored = sources.get(postId)?.body.slice(start, end);
    return stored === text && sha256(text) === hash;
  });
  return { right: right.length, of: quotes.length };
}

/** Counts the public numbers that are the same when all posts are counted again. */
export function recounted(
  content: DigestContent,
  sources: ReadonlyMap<string, Source>,
  period: Period,
): Checked {
  const now = reportsOf(sources, content.scope, period);
  const then = reportsOf(sources, content.scope, previousPeriod(period));
  const pairs: [number | null, number][] = [];
  const figures = (told: DigestContent['totals'], list: Source[]) => {
    pairs.push([told.people, new Set(list.map(({ authorId }) => authorId)).size]);
    pairs.push([told.contributions, list.length]);
    pairs.push([told.countries, new Set(list.flatMap(({ country }) => country ?? [])).size]);
  };
  figures(content.totals, now);
  for (const barrier of content.barriers) {
    const raising = (list: Source[]) => list.filter(({ kinds }) => kinds.includes(barrier.kind));
    figures(barrier, raising(now));
    const before = new Set(raising(then).map(({ authorId }) => authorId)).size;
    pairs.push([barrier.previousPeople, before]);
  }
  for (const row of content.places) {
    figures(
      row,
      now.filter(({ country }) => rowOf(content.scope, country) === row.place),
    );
  }
  const told = pairs.filter(([figure]) => figure !== null);
  return { right: told.filter(([figure, real]) => figure === real).length, of: told.length };
}

/** How many trends a digest tells, and how many it would tell if any change of a count were one. */
export function trendsTold({ barriers }: DigestContent): Checked {
  const moved = barriers.filter(({ people, previousPeople }) => people !== previousPeople);
  return { right: barriers.filter(({ trend }) => trend !== null).length, of: moved.length };
}

/**
 * Counts the kinds whose trend, or that there is none, comes out the same when each person of either
 * period is left out in turn, from the posts themselves. It knows of the digest only the rules in
 * `barriers/trends.ts`.
 */
export function trendsAgain(
  content: DigestContent,
  sources: ReadonlyMap<string, Source>,
  period: Period,
): Checked {
  const before = previousPeriod(period);
  const now = reportsOf(sources, content.scope, period);
  const then = reportsOf(sources, content.scope, before);
  const first = Math.min(...[...sources.values()].map(({ createdAt }) => createdAt));
  const whole = content.whole && 4 * (first - before.start) < before.end - before.start;
  const people = (list: readonly Source[]) => new Set(list.map(({ authorId }) => authorId));
  const least = content.minAuthors;
  const agree = content.barriers.map(({ kind, trend }) => {
    const raising = (list: readonly Source[]) => list.filter(({ kinds }) => kinds.includes(kind));
    const differ = (outNow: string | null, outThen: string | null) => {
      const left = (list: readonly Source[], out: string | null) =>
        people(list.filter(({ authorId }) => authorId !== out)).size;
      const [a, b] = [left(raising(now), outNow), left(raising(then), outThen)];
      const share = a / (left(now, outNow) || 1) - b / (left(then, outThen) || 1);
      return Math.sign(a - b) === Math.sign(share) ? Math.sign(a - b) : 0;
    };
    const holds = [null, ...people(now)].flatMap((outNow) =>
      [null, ...people(then)].map((outThen) => differ(outNow, outThen)),
    );
    const [earlier, after] = [people(raising(then)).size, people(raising(now)).size];
    const enough =
      Math.min(people(now).size, people(then).size) >= least &&
      Math.min(earlier || least, after) >= least;
    const way = holds.every((one) => one === holds[0]) ? (holds[0] ?? 0) : 0;
    const told = () => {
      if (!whole || !enough || after === earlier) return null;
      if (earlier === 0) return 'new';
      if (way !== 0) return way > 0 ? 'more' : 'less';
      const share = after / people(now).size - earlier / people(then).size;
      // Without any one person there are still more who raise it, and more who write.
      const grew = after > earlier + 1 && people(now).size > people(then).size + 1;
      return grew && share <= 0 ? 'grown' : null;
    };
    return trend === told();
  });
  return { right: agree.filter(Boolean).length, of: agree.length };
}

function rowOf(scope: Scope, country: string | null): string | null {
  if (!country) return null;
  return childRegions(scope).length > 0 ? regionOf(country) : country;
}

/** A claim that posts report the same barrier. */
export interface Claim {
  /** The key point that it names; null if it names none. */
  keyPoint: string | null;
  sources: string[];
}

/** Sentences whose words join posts, whatever their key. */
const JOINING = /\.(?:lead\.(?:most|first|next|new|easing)|finding\.|change\.point\.)/;

/**
 * Returns the claims of a digest that posts report the same barrier, wherever they stand in it: each
 * computed sentence that names a key point or is one of those that join posts, and each key point.
 */
export function claimsOf(content: DigestContent): Claim[] {
  const claims: Claim[] = content.findings.map(({ keyPoint, statements }) => ({
    keyPoint,
    sources: statements.flatMap(({ sources }) => sources),
  }));
  const walk = (part: unknown, within: string | null): void => {
    if (typeof part !== 'object' || part === null) return;
    const sentence = computed.safeParse(part);
    if (sentence.success) {
      const { key, values, sources } = sentence.data;
      const named = Object.values(values).flatMap((value) =>
        typeof value === 'object' && 'finding' in value ? value.finding : [],
      )[0];
      if (named || NOT_TOLD.has(key) || JOINING.test(key)) {
        claims.push({ keyPoint: named ?? within, sources });
      }
      return;
    }
    const inside = 'keyPoint' in part && typeof part.keyPoint === 'string' ? part.keyPoint : within;
    for (const value of Object.values(part)) walk(value, inside);
  };
  walk(content, null);
  return claims;
}

/**
 * Measures whether the places of the quotes match those of the contributions: shares from 0 to 1.
 */
export interface Balance {
  /** Share of regions with contributions that are quoted in the digest. */
  heard: number;
  /** The largest region's share of the contributions, and of the quotes. */
  loudestIn: number;
  loudestOut: number;
}

/** Measures how a digest of many regions distributes its quotes among them. */
export function balanceOf(content: DigestContent, pool: readonly Source[]): Balance {
  const said = countBy(pool.map(({ country }) => country && regionOf(country)));
  const quoted = countBy(quotesOf(content).map(({ country }) => country && regionOf(country)));
  const [loudest = '', most = 0] = [...said].sort(([, a], [, b]) => b - a)[0] ?? [];
  const quotes = [...quoted.values()].reduce((sum, times) => sum + times, 0);
  return {
    heard: [...said.keys()].filter((region) => quoted.has(region)).length / (said.size || 1),
    loudestIn: most / (pool.length || 1),
    loudestOut: (quoted.get(loudest) ?? 0) / (quotes || 1),
  };
}

function countBy(keys: (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
