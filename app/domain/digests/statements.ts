import { shareOf, type Trend } from '~/domain/barriers/trends';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { idsOf } from '~/platform/ids';
import { isCountry, WORLD } from '~/platform/places/places';
import type { ComputedSentence, SentenceValue, Statement } from './content-parts';
import type { Contribution } from './contributions';
import type { Cell, Tally } from './count';
import type { Coverage } from './coverage';
import { countOf, type Findings, trendOfKind } from './findings';
import type { KeyPointFinding } from './key-point-findings';

/*
 * The computed sentences of a digest: which of the catalogue's templates are said, with which
 * numbers, resting on which posts. No sentence is about a barrier that it does not name.
 */

/** As many key points stand in the lead, before all else in it. */
export const MOST_NAMED = 3;

/** Sentences name so many places at most; the table or the list below has the others. */
export const MOST_PLACES = 4;

/** The first sentences of a digest: the key points most people report, or else the kinds. */
export function leadStatements(
  findings: Findings,
  points: readonly KeyPointFinding[],
): ComputedSentence[] {
  const [first, second] = points;
  if (!first) return [wroteStatement(findings), ...mostRaised(findings)];
  const enough = first.people >= findings.minAuthors;
  const leads = enough && (!second || first.people > second.people);
  const leading = points.slice(0, MOST_NAMED);
  // The first that too few reported to stand under "Most reported".
  const also = leads ? leading.find(({ people }) => people < findings.minAuthors) : undefined;
  const opening = (point: KeyPointFinding): Statement => {
    if (point === first) return leads ? 'digests.say.lead.most' : 'digests.say.lead.first';
    if (isNew(findings, point)) return 'digests.say.lead.new';
    return point === also ? 'digests.say.lead.also' : 'digests.say.lead.next';
  };
  return leading.map((point) => {
    const values = { ...named(findings, point), ...placeAndPeriod(findings) };
    return say(opening(point), values, point.ids);
  });
}

function wroteStatement(findings: Findings): ComputedSentence {
  const { total } = findings.now;
  const values = {
    people: total.people,
    countries: countriesTold(findings, total),
    ...placeAndPeriod(findings),
  };
  return say('digests.say.wrote', values, total.ids);
}

/** The kind that most people raised, where they are enough to rank and no other has as many. */
function mostRaised(findings: Findings): ComputedSentence[] {
  const [first, second] = findings.ranked;
  if (!first) return [];
  const { people } = countOf(findings.now, first);
  const next = second ? countOf(findings.now, second).people : 0;
  if (people < findings.minAuthors || people === next) return [];
  return [
    say(
      'digests.say.lead.kind',
      { kinds: { kinds: [first] }, people },
      sourcesIn(findings.now, [first]),
    ),
  ];
}

/** What stands below the title of a key point: who reports it, where, since when, and each stance. */
export function findingStatements(findings: Findings, point: KeyPointFinding): ComputedSentence[] {
  const { since, firstPostId, stances, newStances } = point;
  return [
    say('digests.say.finding.people', named(findings, point), point.ids),
    say(
      isNew(findings, point) ? 'digests.say.finding.new' : 'digests.say.finding.since',
      { day: { day: since } },
      [firstPostId],
    ),
    ...stanceStatement('digests.say.stance.meToo', stances.meToo, newStances.meToo),
    ...stanceStatement('digests.say.stance.notHere', stances.notHere, newStances.notHere),
    ...stanceStatement('digests.say.stance.noLonger', stances.noLonger, newStances.noLonger),
  ];
}

/**
 * How many people worldwide say something of a key point, and how many of them newly in this period.
 * It cites no post: whoever wrote one did not say so there.
 */
function stanceStatement(key: Statement, people: number, recent: number): ComputedSentence[] {
  return people === 0 ? [] : [say(key, { people, recent, rest: people - recent }, [])];
}

/**
 * Whether a key point was first reported there in this period, in a place where people wrote earlier
 * than that: on a new site everything would be new.
 */
function isNew({ period, earlier }: Findings, { since }: KeyPointFinding): boolean {
  return earlier && since >= period.start;
}

/**
 * Differences between the kinds of this period and of the previous one, most important first. Which
 * key points are new, go on or no longer hold is said of each where it stands, and not again here.
 */
export function changeStatements(findings: Findings): ComputedSentence[] {
  const { then, now, before } = findings;
  const kinds = [...new Set([...findings.ranked, ...then.kinds.keys()])];
  const by = (trend: Trend) => kinds.filter((kind) => trendOfKind(findings, kind) === trend);
  const period = { period: before.id };
  const about = (key: Statement, of: BarrierKind[], values: Record<string, SentenceValue>) =>
    of.length === 0
      ? []
      : [say(key, { kinds: { kinds: of }, period, ...values }, bothPeriods(findings, of))];
  const people = { people: now.total.people, previous: then.total.people };
  return [
    ...about('digests.say.change.more', by('more'), {}),
    ...about('digests.say.change.new', by('new'), {}),
    ...about('digests.say.change.grown', by('grown'), people),
    ...about('digests.say.change.less', by('less'), {}),
  ];
}

/**
 * What can be said of one kind: how many, their share, and the same of the period before. That it rose
 * or fell is said once, under what changed.
 */
export function kindStatements(findings: Findings, kind: BarrierKind): ComputedSentence[] {
  const cell = findings.now.kinds.get(kind);
  if (!cell) return [];
  const { minAuthors, now } = findings;
  const { people, ids } = cell;
  const share = Math.round(100 * shareOf(countOf(now, kind)));
  return [
    say('digests.say.kind.reported', { people, countries: countriesTold(findings, cell) }, ids),
    ...(people >= minAuthors && people < now.total.people
      ? [say('digests.say.kind.share', { share }, ids)]
      : []),
    ...before(findings, kind),
  ];
}

function before(findings: Findings, kind: BarrierKind): ComputedSentence[] {
  const trend = trendOfKind(findings, kind);
  if (!trend || trend === 'new') return [];
  const previous = countOf(findings.then, kind);
  const values = {
    period: { period: findings.before.id },
    previous: previous.people,
    share: Math.round(100 * shareOf(previous)),
  };
  return [say('digests.say.kind.before', values, bothPeriods(findings, [kind]))];
}

/** Which parts of the place, and which of its languages, nobody wrote from. */
export function missingStatements({
  countries,
  heard,
  silentPlaces,
  silentLanguages,
}: Coverage): ComputedSentence[] {
  return [
    ...(silentPlaces.length > 0
      ? [
          say(
            'digests.say.missing.places',
            { places: { places: silentPlaces }, heard, countries },
            [],
          ),
        ]
      : []),
    ...(silentLanguages.length > 0
      ? [say('digests.say.missing.languages', { languages: { languages: silentLanguages } }, [])]
      : []),
  ];
}

/** What a digest takes over from periods with too few people. `carried` is oldest first, not empty. */
export function carriedStatement(
  { minAuthors: min }: Findings,
  carried: readonly Contribution[],
): ComputedSentence {
  const people = new Set(carried.map(({ authorId }) => authorId)).size;
  const day = { day: carried[0]?.createdAt ?? 0 };
  return say('digests.say.carriedOver', { day, people, min }, idsOf(carried));
}

/**
 * A key point as sentences name it: its title, how many people reported it, and from where, unless that
 * is no more than the place of the digest.
 */
function named(
  { scope }: Findings,
  { id, people, places: all }: KeyPointFinding,
): Record<string, SentenceValue> {
  const places = isCountry(scope) || all.every((place) => place === scope) ? [] : all;
  const told = places.slice(0, MOST_PLACES);
  return {
    finding: { finding: id },
    people,
    // 0: no place is told; the rest is how many more there are.
    placed: told.length,
    more: places.length - told.length,
    ...(told.length > 0 && { places: { places: told } }),
  };
}

function placeAndPeriod({ scope, period }: Findings): Record<string, SentenceValue> {
  const world = scope === 'world';
  return {
    place: { place: world ? WORLD : scope },
    world: world ? 1 : 0,
    period: { period: period.id },
  };
}

/**
 * In a digest of one country its number of countries says nothing; where some gave no country, people are not
 * from as many as are known.
 */
export function countriesTold(
  { scope }: Pick<Findings, 'scope'>,
  { countries, people, placed }: Pick<Cell, 'countries' | 'people' | 'placed'>,
): number {
  return isCountry(scope) || placed < people ? 0 : countries;
}

/**
 * How many others face a key point that somebody says has eased; null where nobody does.
 * @param eased how many of those who reported it are quoted so.
 */
export function stillStatement(
  { id, people, ids }: KeyPointFinding,
  eased: number,
): ComputedSentence | null {
  const others = people - eased;
  if (others <= 0) return null;
  return say('digests.say.quote.still', { finding: { finding: id }, people: others }, ids);
}

/**
 * Maximum number of posts listed for a sentence, spread evenly over time: a page that checks all of
 * them at each view must stay fast. `unlisted` is the number of further counted posts.
 */
const MOST_SOURCES = 500;

/** @param sources ids of posts, each once. */
function say(
  key: Statement,
  values: Record<string, SentenceValue>,
  sources: readonly string[],
): ComputedSentence {
  const step = Math.max(1, sources.length / MOST_SOURCES);
  const listed = Array.from({ length: Math.min(sources.length, MOST_SOURCES) }, (_, at) =>
    String(sources[Math.floor(at * step)]),
  );
  const unlisted = sources.length - listed.length;
  return { kind: 'computed', key, values, sources: listed, unlisted };
}

function bothPeriods({ now, then }: Findings, kinds: readonly BarrierKind[]): string[] {
  return [...sourcesIn(now, kinds), ...sourcesIn(then, kinds)];
}

/** The posts that report any of some kinds, each once. */
function sourcesIn({ kinds: cells }: Tally, kinds: readonly BarrierKind[]): string[] {
  const ids = kinds.flatMap((kind) => cells.get(kind)?.ids ?? []);
  return kinds.length > 1 ? [...new Set(ids)] : ids;
}
