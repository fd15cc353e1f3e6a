import { placeRowOf } from '~/domain/barriers/place-rows';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Db } from '~db/client';
import type { DigestContent } from './content';
import type { QuotedSentence } from './content-parts';
import {
  type Contribution,
  type Remark,
  readContributions,
  readMeToos,
  readRemarks,
} from './contributions';
import { type Cell, figuresOf } from './count';
import { type DigestKey, pillarOf, scopeOf } from './digest-key';
import { type Findings, find, peopleNow, peopleThen, periodsLookedAt } from './findings';
import { type IssueClusters, readMatters } from './issue-clusters';
import { readTexts } from './load-texts';
import type { Period } from './period';
import { chooseSections, type SectionContents } from './sections/sections';
import { type Choosing, chooseQuotes, worthReading } from './select';
import { changeStatements, kindStatements, leadStatements, waitsStatement } from './statements';
import { Frequencies } from './terms';

/**
 * Composes the digest of a topic and period from the database: the same data give the same digest,
 * byte for byte. Returns null if nobody reported a barrier.
 */
export async function composeDigest(
  db: Db,
  topic: DigestKey,
  period: Period,
  minAuthors: number,
): Promise<DigestContent | null> {
  const scope = scopeOf(topic);
  const periods = periodsLookedAt(period);
  const start = periods.at(-1)?.start ?? period.start;
  const all = await readContributions(db, topic, { start, end: period.end });
  const contributions = periods.map((one) =>
    all.filter(({ createdAt }) => createdAt >= one.start && createdAt < one.end),
  );
  const now = contributions[0] ?? [];
  if (now.length === 0) return null;

  const meToos = await readMeToos(db, topic, period);
  const findings = find(scope, { periods, contributions, meToos }, minAuthors);
  const carried = carriedOver(contributions, minAuthors);
  const remarks = await readRemarks(db, topic, period);
  const span = { start, end: period.end };
  const matters = await readMatters(db, [...now, ...remarks], span, findings.before);
  const quotes = await quoteAll(db, findings, { now, remarks, carried, matters });
  const easing = new Set(quotes.sections.eased.map(({ quote }) => quote.postId));
  const enough = peopleIn([...now, ...carried]) >= minAuthors;
  const { kinds, places } = findings.shown;
  const allPlaces = places.shown.size === findings.now.places.size;
  return {
    schema: 1,
    scope,
    pillar: pillarOf(topic),
    period: period.id,
    previousPeriod: findings.before.id,
    minAuthors,
    totals: figuresOf(findings.now.total, findings.shown.total),
    lead: [...leadStatements(findings), ...(enough ? [] : [waitsStatement(findings)])],
    changes: changeStatements(findings, [...new Set(matters.values())], easing),
    barriers: findings.ranked.map((kind) => ({
      kind,
      ...figuresOf(findings.now.kinds.get(kind) as Cell, kinds.shown.has(kind)),
      previousPeople: peopleThen(findings, kind),
      statements: kindStatements(findings, kind),
      quotes: quotes.kinds.get(kind) ?? [],
    })),
    barriersWithheld: kinds.withheld,
    places: [...findings.now.places].map(([place, cell]) => {
      const figures = figuresOf(cell, places.shown.has(place));
      // Numbers of contributions add up to the total, so they could limit a hidden number of
      // people.
      return { place, ...figures, contributions: allPlaces ? figures.contributions : null };
    }),
    placesWithheld: places.withheld,
    ...quotes.sections,
    worthSending: enough,
  };
}

/**
 * Returns the contributions of the directly preceding periods that had too few people for a digest.
 */
function carriedOver(
  contributions: readonly (readonly Contribution[])[],
  minAuthors: number,
): Contribution[] {
  let waiting: Contribution[] = [];
  for (const then of contributions.slice(1).reverse()) {
    waiting.push(...then);
    // With these there were enough people, so that digest was sent.
    if (peopleIn(waiting) >= minAuthors) waiting = [];
  }
  return waiting;
}

function peopleIn(contributions: readonly Contribution[]): number {
  return new Set(contributions.map(({ authorId }) => authorId)).size;
}

/**
 * Number of kinds described in detail; each of the others has one quote, so that none is left out.
 */
const AT_LENGTH = 5;

/** Minimum number of people for a kind to have four quotes. */
const MANY_PEOPLE = 8;

function wantedQuotes(findings: Findings, kind: BarrierKind): number {
  if (findings.ranked.indexOf(kind) >= AT_LENGTH) return 1;
  const people = peopleNow(findings, kind);
  if (people === null) return findings.trail.kinds.has(kind) ? 3 : 2;
  return people >= MANY_PEOPLE ? 4 : 3;
}

interface Quotable {
  now: readonly Contribution[];
  remarks: readonly Remark[];
  carried: readonly Contribution[];
  matters: IssueClusters;
}

interface Quotes {
  kinds: Map<BarrierKind, QuotedSentence[]>;
  sections: SectionContents;
}

/**
 * Chooses quotes for every kind, then for the other sections. Kinds with few people choose first,
 * because the others have more contributions to choose from.
 */
async function quoteAll(
  db: Db,
  findings: Findings,
  { now, remarks, carried, matters }: Quotable,
): Promise<Quotes> {
  const { scope, ranked } = findings;
  const inPlace = <T extends Contribution>(list: readonly T[]) =>
    list.map((one) => ({ ...one, place: placeRowOf(scope, one) }));
  const placed = inPlace(now);
  const readable = new Map(
    ranked.map((kind) => [kind, worthReading(placed.filter((one) => one.kinds.includes(kind)))]),
  );
  const aside = worthReading(inPlace(remarks));
  const over = worthReading(inPlace(carried));
  const read = [...[...readable.values()].flat(), ...aside, ...over];
  const texts = await readTexts(db, [...new Set(read.map(({ id }) => id))]);
  const everything = new Frequencies();
  for (const { language, terms } of texts.values()) everything.add(language, terms);
  const choosing: Choosing = { texts, everything, matters, taken: new Set() };

  const rarestFirst = [...ranked].sort(
    (a, b) => (findings.now.kinds.get(a)?.people ?? 0) - (findings.now.kinds.get(b)?.people ?? 0),
  );
  const kinds = new Map<BarrierKind, QuotedSentence[]>();
  for (const kind of rarestFirst) {
    const of = readable.get(kind) ?? [];
    kinds.set(kind, chooseQuotes(kind, of, choosing, wantedQuotes(findings, kind)));
  }
  const sections = chooseSections({
    contributions: placed,
    remarks: aside,
    kinds: ranked,
    choosing,
    findings,
    carriedOver: over,
  });
  return { kinds, sections };
}
