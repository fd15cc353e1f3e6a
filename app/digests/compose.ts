import type { Db } from '../../db/client';
import type { Scope } from '../places/scope';
import type { BarrierKind } from '../vocabularies/vocabularies';
import type { DigestContent, QuotedSentence } from './content';
import { type Contribution, placeRowOf, readContributions } from './contributions';
import { figuresOf } from './count';
import { type Findings, find, peopleNow, peopleThen } from './findings';
import { type Period, previousPeriod } from './period';
import { chooseQuotes, type Taken, worthReading } from './select';
import { changeStatements, kindStatements, leadStatements } from './statements';
import { Frequencies } from './terms';
import { readTexts } from './texts';

/**
 * Writes the digest of a scope and period from what is in the database: the same data give the
 * same digest, byte for byte. Null when nobody raised a barrier.
 */
export async function composeDigest(
  db: Db,
  scope: Scope,
  period: Period,
  minAuthors: number,
): Promise<DigestContent | null> {
  const before = previousPeriod(period);
  const contributions = await readContributions(db, scope, period);
  if (contributions.length === 0) return null;
  const earlier = await readContributions(db, scope, before);
  const findings = find(scope, contributions, earlier, before, minAuthors);
  const quotes = await quoteKinds(db, findings, contributions);
  const { now, kinds, places } = findings;
  return {
    schema: 1,
    scope,
    period: period.id,
    previousPeriod: before.id,
    minAuthors,
    totals: figuresOf(now.total, now.total.people >= minAuthors),
    lead: leadStatements(findings),
    changes: changeStatements(findings),
    barriers: [...now.kinds]
      .sort(([a], [b]) => findings.ranked.indexOf(a) - findings.ranked.indexOf(b))
      .map(([kind, cell]) => ({
        kind,
        ...figuresOf(cell, kinds.shown.has(kind)),
        previousPeople: peopleThen(findings, kind),
        statements: kindStatements(findings, kind),
        quotes: quotes.get(kind) ?? [],
      })),
    barriersWithheld: kinds.withheld,
    places: [...now.places].map(([place, cell]) => ({
      place,
      ...figuresOf(cell, places.shown.has(place)),
    })),
    placesWithheld: places.withheld,
  };
}

/** How many kinds are told at length; each of the others has one quote, so that none is silent. */
const AT_LENGTH = 5;

/** From so many people on a kind has four quotes. */
const MANY_PEOPLE = 20;

function wantedQuotes(findings: Findings, kind: BarrierKind): number {
  if (findings.ranked.indexOf(kind) >= AT_LENGTH) return 1;
  const people = peopleNow(findings, kind);
  if (people === null) return 2;
  return people >= MANY_PEOPLE ? 4 : 3;
}

/** Quotes for every kind. Those that few raised choose first: the others have more to choose from. */
async function quoteKinds(
  db: Db,
  findings: Findings,
  contributions: readonly Contribution[],
): Promise<Map<BarrierKind, QuotedSentence[]>> {
  const { scope, now, ranked } = findings;
  const placed = contributions.map((one) => ({ ...one, place: placeRowOf(scope, one) }));
  const readable = new Map(
    ranked.map((kind) => [kind, worthReading(placed.filter((one) => one.kinds.includes(kind)))]),
  );
  const ids = new Set([...readable.values()].flatMap((list) => list.map(({ id }) => id)));
  const texts = await readTexts(db, [...ids]);
  const everything = new Frequencies();
  for (const { language, terms } of texts.values()) everything.add(language, terms);

  const rarestFirst = [...ranked].sort(
    (a, b) => (now.kinds.get(a)?.people ?? 0) - (now.kinds.get(b)?.people ?? 0),
  );
  const taken: Taken = new Set();
  const quotes = new Map<BarrierKind, QuotedSentence[]>();
  for (const kind of rarestFirst) {
    const wanted = wantedQuotes(findings, kind);
    quotes.set(
      kind,
      chooseQuotes(kind, readable.get(kind) ?? [], texts, everything, wanted, taken),
    );
  }
  return quotes;
}
