import type { Db } from '../../db/client';
import type { BarrierKind } from '../vocabularies/vocabularies';
import { chooseDisagreements, chooseMinorities, chooseProposals } from './asides';
import type { DigestContent, QuotedSentence } from './content';
import {
  type Contribution,
  placeRowOf,
  type Remark,
  readContributions,
  readRemarks,
} from './contributions';
import { figuresOf } from './count';
import { type Findings, find, peopleNow, peopleThen } from './findings';
import { type Period, previousPeriod } from './period';
import { chooseQuotes, type Taken, worthReading } from './select';
import { changeStatements, kindStatements, leadStatements } from './statements';
import { Frequencies } from './terms';
import { readTexts } from './texts';
import { pillarOf, scopeOf, type Topic } from './topic';

/**
 * Writes the digest of a topic and period from what is in the database: the same data give the
 * same digest, byte for byte. Null when nobody raised a barrier.
 */
export async function composeDigest(
  db: Db,
  topic: Topic,
  period: Period,
  minAuthors: number,
): Promise<DigestContent | null> {
  const scope = scopeOf(topic);
  const before = previousPeriod(period);
  const contributions = await readContributions(db, topic, period);
  if (contributions.length === 0) return null;
  const earlier = await readContributions(db, topic, before);
  const findings = find(scope, contributions, earlier, before, minAuthors);
  const remarks = await readRemarks(db, topic, period);
  const quotes = await quoteAll(db, findings, contributions, remarks);
  const { now, kinds, places } = findings;
  return {
    schema: 1,
    scope,
    pillar: pillarOf(topic),
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
        quotes: quotes.kinds.get(kind) ?? [],
      })),
    barriersWithheld: kinds.withheld,
    places: [...now.places].map(([place, cell]) => ({
      place,
      ...figuresOf(cell, places.shown.has(place)),
    })),
    placesWithheld: places.withheld,
    proposals: quotes.proposals,
    disagreements: quotes.disagreements,
    minorities: quotes.minorities,
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

interface Quotes {
  kinds: Map<BarrierKind, QuotedSentence[]>;
  proposals: DigestContent['proposals'];
  disagreements: DigestContent['disagreements'];
  minorities: DigestContent['minorities'];
}

/**
 * Quotes for every kind, then for what stands beside them. Those that few raised choose first: the
 * others have more to choose from.
 */
async function quoteAll(
  db: Db,
  findings: Findings,
  contributions: readonly Contribution[],
  remarks: readonly Remark[],
): Promise<Quotes> {
  const { scope, now, ranked } = findings;
  const place = (one: Pick<Contribution, 'country' | 'region'>) => placeRowOf(scope, one);
  const inPlace = <T extends Contribution>(list: readonly T[]) =>
    list.map((one) => ({ ...one, place: place(one) }));
  const placed = inPlace(contributions);
  const readable = new Map(
    ranked.map((kind) => [kind, worthReading(placed.filter((one) => one.kinds.includes(kind)))]),
  );
  const aside = worthReading(inPlace(remarks));
  const read = [...[...readable.values()].flat(), ...aside];
  const texts = await readTexts(db, [...new Set(read.map(({ id }) => id))]);
  const everything = new Frequencies();
  for (const { language, terms } of texts.values()) everything.add(language, terms);

  const rarestFirst = [...ranked].sort(
    (a, b) => (now.kinds.get(a)?.people ?? 0) - (now.kinds.get(b)?.people ?? 0),
  );
  const taken: Taken = new Set();
  const kinds = new Map<BarrierKind, QuotedSentence[]>();
  for (const kind of rarestFirst) {
    const wanted = wantedQuotes(findings, kind);
    const of = readable.get(kind) ?? [];
    kinds.set(kind, chooseQuotes(kind, of, texts, everything, wanted, taken));
  }
  return {
    kinds,
    disagreements: chooseDisagreements([...placed, ...aside], texts, ranked, taken),
    minorities: chooseMinorities(findings, placed, texts, everything, taken),
    proposals: chooseProposals(aside, texts, taken),
  };
}
