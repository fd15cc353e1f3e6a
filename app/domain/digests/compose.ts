import { setImmediate as breathe } from 'node:timers/promises';
import { placeRowOf } from '~/domain/barriers/place-rows';
import { begunBy } from '~/domain/barriers/trends';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { firstPostAt } from '~/domain/forum/posts/count-posts';
import type { Community } from '~/platform/community/community';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import type { DigestContent } from './content';
import type { QuotedSentence } from './content-parts';
import { type Contribution, type Remark, readAnswers, readContributions } from './contributions';
import { type Cell, figuresOf } from './count';
import { coverageOf } from './coverage';
import { conversationOf, type DigestKey, pillarOf, scopeOf } from './digest-key';
import { countOf, type Findings, find, periodsLookedAt, trendOfKind } from './findings';
import { type KeyPointFinding, readKeyPoints } from './key-point-findings';
import { readTexts } from './load-texts';
import type { Period } from './period';
import {
  chooseSections,
  quotesBeside,
  type SectionContents,
  saysItEases,
} from './sections/sections';
import { asReportsOf, type Choosing, chooseQuotes, worthReading } from './select';
import {
  changeStatements,
  findingStatements,
  kindStatements,
  leadStatements,
  missingStatements,
} from './statements';
import { Frequencies } from './terms';

/**
 * Writes the digest of a topic and period from what is in the database: the same data give the
 * same digest, byte for byte. Null when nobody raised a barrier.
 * @param minAuthors the fewest people that a rank, share or trend needs.
 * @param now UTC milliseconds: a period that is not over is compared with none.
 * @param community whose order of kinds decides between equal numbers.
 * @param byRegion the authors whose country is not told, see `told-by-region.ts`.
 */
export async function composeDigest(
  db: Db,
  topic: DigestKey,
  period: Period,
  {
    minAuthors,
    now,
    community,
    byRegion = [],
  }: {
    minAuthors: number;
    now: number;
    community: Community;
    byRegion?: readonly string[] | undefined;
  },
): Promise<DigestContent | null> {
  const [scope, conversation] = [scopeOf(topic), conversationOf(topic)];
  const periods = periodsLookedAt(period);
  const start = periods.at(-1)?.start ?? period.start;
  const {
    contributions: written,
    remarks,
    ...rest
  } = await readAnswers(db, topic, period, byRegion);
  if (written.length === 0) return null;
  const past = await readContributions(db, topic, { start, end: period.start }, byRegion);
  const earlier = periods
    .slice(1)
    .map((one) => past.filter(({ createdAt }) => createdAt >= one.start && createdAt < one.end));
  const [writtenBefore = []] = earlier;

  const before = periods[1] ?? period;
  const whole = now >= period.end;
  const counted = {
    ...{ period, before, written, writtenBefore, whole },
    comparable: whole && begunBy(before, await firstPostAt(db)),
    byOrder: community.byOrder('barrier'),
    earlier: past.length > 0,
  };
  const findings = find(scope, counted, minAuthors);
  const carried = carriedOver(earlier, minAuthors);
  const allPoints = await readKeyPoints(db, community, topic, period, byRegion);
  const { points, ...quotes } = await quoteAll(db, findings, {
    ...{ now: written, remarks, carried },
    points: allPoints,
    community,
  });
  const beside = pointsNamed(quotes.sections, allPoints).filter((point) => !points.includes(point));
  const enough = peopleIn([...written, ...carried]) >= minAuthors;
  const coverage = coverageOf(scope, rest.heard);
  return {
    schema: 2,
    scope,
    pillar: pillarOf(topic),
    ...(conversation !== null && { conversation }),
    period: period.id,
    previousPeriod: findings.before.id,
    whole: findings.whole,
    minAuthors,
    totals: { ...figuresOf(findings.now.total), placed: findings.now.total.placed },
    lead: leadStatements(findings, points),
    findings: points.map((point) => ({
      keyPoint: point.id,
      kind: point.kind,
      texts: point.texts,
      people: point.people,
      reported: point.people,
      places: point.places,
      since: point.since,
      ...point.stances,
      statements: findingStatements(findings, point),
      quotes: quotes.ofPoints.get(point.id) ?? [],
    })),
    ...(beside.length > 0 && {
      pointsBeside: beside.map(({ id: keyPoint, kind, texts }) => ({ keyPoint, kind, texts })),
    }),
    changes: changeStatements(findings),
    barriers: findings.ranked.map((kind) => ({
      kind,
      ...figuresOf(findings.now.kinds.get(kind) as Cell),
      previousPeople: findings.comparable ? countOf(findings.then, kind).people : null,
      trend: trendOfKind(findings, kind),
      statements: kindStatements(findings, kind),
      quotes: quotes.kinds.get(kind) ?? [],
    })),
    barriersWithheld: false,
    namedBy: rest.namedBy,
    places: [...findings.now.places].map(([place, cell]) => ({ place, ...figuresOf(cell) })),
    placesWithheld: false,
    missing: missingStatements(coverage),
    ...quotes.sections,
    worthSending: enough,
  };
}

/** Returns the contributions of the preceding periods, the newest first, that had too few for a digest. */
function carriedOver(
  earlier: readonly (readonly Contribution[])[],
  minAuthors: number,
): Contribution[] {
  let waiting: Contribution[] = [];
  for (const then of earlier.toReversed()) {
    waiting.push(...then);
    // With these there were enough people, so that digest was sent.
    if (peopleIn(waiting) >= minAuthors) waiting = [];
  }
  return waiting;
}

function peopleIn(contributions: readonly Contribution[]): number {
  return new Set(contributions.map(({ authorId }) => authorId)).size;
}

/** Key points that are quoted; the others are named with their numbers. */
const POINTS_QUOTED = 8;
/** Some more are read, because those that only got better are not told. */
const POINTS_READ = 2 * POINTS_QUOTED;

/** How many kinds are told at length; each of the others has one quote, so that none is silent. */
const AT_LENGTH = 5;

/** Minimum number of people for a kind to have four quotes. */
const MANY_PEOPLE = 8;

function wantedQuotes(findings: Findings, kind: BarrierKind): number {
  if (findings.ranked.indexOf(kind) >= AT_LENGTH) return 1;
  const { people } = countOf(findings.now, kind);
  if (people < findings.minAuthors) return 2;
  return people >= MANY_PEOPLE ? 4 : 3;
}

interface Quotable {
  now: readonly Contribution[];
  remarks: readonly Remark[];
  carried: readonly Contribution[];
  points: readonly KeyPointFinding[];
  community: Community;
}

interface Quotes {
  /** Those that somebody reports: of the others all posts of the period say that it got better. */
  points: KeyPointFinding[];
  /** By the key point's id. */
  ofPoints: Map<string, QuotedSentence[]>;
  kinds: Map<BarrierKind, QuotedSentence[]>;
  sections: SectionContents;
}

/**
 * Chooses quotes for what eases, for the key points, for each kind, and for the other sections. What
 * has less to choose from comes first: a report that says that it got better stands under that, and a
 * kind that few people reported chooses before the others.
 */
async function quoteAll(
  db: Db,
  findings: Findings,
  { now, remarks, carried, points, community }: Quotable,
): Promise<Quotes> {
  const { scope, ranked } = findings;
  const inPlace = <T extends Contribution>(list: readonly T[]) =>
    list.map((one) => ({ ...one, place: placeRowOf(scope, one) }));
  const placed = inPlace(now);
  const readable = new Map(
    ranked.map((kind) => [kind, worthReading(placed.filter((one) => one.kinds.includes(kind)))]),
  );
  const aside = worthReading(inPlace(remarks));
  const over = inPlace(carried);
  const reportsOf = points.map((point) => {
    const ids = new Set(point.ids);
    const reports = placed.filter(({ id }) => ids.has(id));
    return { point, reports: worthReading(asReportsOf(point.kind, reports)) };
  });
  const read = [
    ...[...readable.values()].flat(),
    ...reportsOf.slice(0, POINTS_READ).flatMap(({ reports }) => reports),
    ...aside,
    ...worthReading(over),
  ];
  const texts = await readTexts(db, [...new Set(idsOf(read))], community);
  const everything = new Frequencies();
  for (const { language, terms } of texts.values()) everything.add(language, terms);
  const choosing: Choosing = { texts, everything, taken: new Set() };
  const composing = {
    contributions: placed,
    remarks: aside,
    kinds: community.kinds,
    choosing,
    findings,
    points,
    carriedOver: over,
  };
  const before = await chooseSections(composing, 'before');

  const told = reportsOf.filter(
    ({ point }) =>
      !point.ids.every((id) => {
        const text = texts.get(id);
        return text !== undefined && saysItEases(text, point.kind);
      }),
  );
  const ofPoints = new Map<string, QuotedSentence[]>();
  for (const { point, reports } of told.slice(0, POINTS_QUOTED)) {
    // Choosing takes a while, in which other requests would not be answered.
    await breathe();
    ofPoints.set(point.id, chooseQuotes(point.kind, reports, choosing, 1));
  }
  const rarestFirst = [...ranked].sort(
    (a, b) => (findings.now.kinds.get(a)?.people ?? 0) - (findings.now.kinds.get(b)?.people ?? 0),
  );
  const kinds = new Map<BarrierKind, QuotedSentence[]>();
  for (const kind of rarestFirst) {
    const of = readable.get(kind) ?? [];
    await breathe();
    kinds.set(kind, chooseQuotes(kind, of, choosing, wantedQuotes(findings, kind)));
  }
  const sections = { ...before, ...(await chooseSections(composing, 'after')) } as SectionContents;
  return { points: told.map(({ point }) => point), ofPoints, kinds, sections };
}

/** The key points that the sentences of the sections name. */
function pointsNamed(
  sections: SectionContents,
  points: readonly KeyPointFinding[],
): KeyPointFinding[] {
  const values = quotesBeside(sections).flatMap(({ context }) =>
    context.flatMap((sentence) => Object.values(sentence.values)),
  );
  const named = new Set(
    values.flatMap((value) =>
      typeof value === 'object' && 'finding' in value ? value.finding : [],
    ),
  );
  return points.filter(({ id }) => named.has(id));
}
