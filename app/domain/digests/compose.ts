import { placeRowOf } from '~/domain/barriers/place-rows';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Db } from '~db/client';
import type { ComputedSentence, DigestContent, QuotedSentence } from './content';
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
import {
  chooseDisagreements,
  chooseEased,
  chooseMinorities,
  chooseProposals,
} from './sections/other-voices';
import { bestOfEach, type Choosing, chooseQuotes, pickVaried, worthReading } from './select';
import {
  carriedStatement,
  changeStatements,
  kindStatements,
  leadStatements,
  waitsStatement,
} from './statements';
import { Frequencies } from './terms';

/**
 * Writes the digest of a topic and period from what is in the database: the same data give the
 * same digest, byte for byte. Null when nobody raised a barrier.
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
  const easing = new Set(quotes.eased.map(({ quote }) => quote.postId));
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
      // Contributions add up: beside a hidden number of people they would bound it.
      return { place, ...figures, contributions: allPlaces ? figures.contributions : null };
    }),
    placesWithheld: places.withheld,
    eased: quotes.eased,
    proposals: quotes.proposals,
    disagreements: quotes.disagreements,
    minorities: quotes.minorities,
    carried: quotes.carried,
    worthSending: enough,
  };
}

/** What was said in the periods right before that had too few people for a digest to be sent. */
function carriedOver(
  contributions: readonly (readonly Contribution[])[],
  minAuthors: number,
): Contribution[] {
  let waiting: Contribution[] = [];
  for (const then of contributions.slice(1).reverse()) {
    waiting.push(...then);
    // Enough people at last: with these the digest was sent.
    if (peopleIn(waiting) >= minAuthors) waiting = [];
  }
  return waiting;
}

function peopleIn(contributions: readonly Contribution[]): number {
  return new Set(contributions.map(({ authorId }) => authorId)).size;
}

/** How many kinds are told at length; each of the others has one quote, so that none is silent. */
const AT_LENGTH = 5;

/** From so many people on a kind has four quotes. */
const MANY_PEOPLE = 8;

/** As many quotes as stand for what was carried over. */
const MOST_CARRIED = 4;

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
  eased: DigestContent['eased'];
  proposals: DigestContent['proposals'];
  disagreements: DigestContent['disagreements'];
  minorities: DigestContent['minorities'];
  carried: { statements: ComputedSentence[]; quotes: QuotedSentence[] } | null;
}

/**
 * Quotes for every kind, then for what stands beside them. Those that few raised choose first: the
 * others have more to choose from.
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
  const everyone = [...placed, ...aside];
  return {
    kinds,
    eased: chooseEased(everyone, choosing),
    disagreements: chooseDisagreements(everyone, ranked, choosing),
    minorities: chooseMinorities(findings, placed, choosing),
    proposals: chooseProposals(aside, choosing),
    carried: carryOver(findings, over, choosing),
  };
}

function carryOver(
  findings: Findings,
  over: ReturnType<typeof worthReading>,
  choosing: Choosing,
): Quotes['carried'] {
  const candidates = over.flatMap((one) => bestOfEach(one.kinds[0] ?? 'trust', [one], choosing));
  const quotes = pickVaried(candidates, MOST_CARRIED, choosing);
  const [first] = over.toSorted((a, b) => a.createdAt - b.createdAt);
  if (!first || quotes.length === 0) return null;
  const ids = quotes.map(({ postId }) => postId);
  return { statements: [carriedStatement(findings, first.createdAt, ids)], quotes };
}
