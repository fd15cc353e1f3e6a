import type { BarrierKind } from '~/domain/community/vocabularies';
import type { ComputedSentence, SentenceValue, Statement } from './content-parts';
import type { Cell } from './count';
import { type Findings, peopleNow, peopleThen, sourcesOfCell } from './findings';
import type { IssueCluster } from './issue-clusters';

/*
 * The computed sentences of a digest: which templates of the catalogue are used, with which
 * numbers, based on which posts.
 */

/** Maximum number of issues named as new, as still reported, or as improving. */
const MOST_MATTERS = 3;

/** The lead: number of people, most reported barrier, largest change. */
export function leadStatements(findings: Findings): ComputedSentence[] {
  const { now, shown, minAuthors } = findings;
  const { total } = now;
  if (!shown.total) {
    const key = total.people < minAuthors ? 'digests.say.few' : 'digests.say.withheld';
    return [say(key, { min: minAuthors }, sourcesOfCell(total, false)), ...countedLonger(findings)];
  }
  const { people, countries, contributions } = total;
  const values = { people, countries, contributions: contributions.length };
  return [
    say('digests.say.people', values, total.ids),
    ...mostRaised(findings),
    ...grewMost(findings),
  ];
}

function mostRaised(findings: Findings): ComputedSentence[] {
  const [first] = findings.ranked;
  const most = first && peopleNow(findings, first);
  if (!most) return countedLonger(findings);
  const kinds = findings.ranked.filter((kind) => peopleNow(findings, kind) === most);
  const values = { kinds: { kinds }, n: kinds.length, people: most };
  return [say('digests.say.most', values, sourcesNow(findings, kinds))];
}

/**
 * If the period alone has no public numbers by kind: the numbers of the last few periods together.
 */
function countedLonger({ ranked, trail, minAuthors, now }: Findings): ComputedSentence[] {
  const counted = ranked.filter((kind) => trail.kinds.has(kind));
  if (counted.length === 0) {
    if (ranked.length === 0) return [];
    const values = { kinds: { kinds: ranked }, min: minAuthors, n: ranked.length };
    return [say('digests.say.each', values, sourcesOfCell(now.total, false))];
  }
  const ids = (kinds: BarrierKind[]) =>
    kinds.flatMap((kind) => trail.kinds.get(kind)?.cell.ids ?? []);
  const since = { day: { day: trail.start }, min: minAuthors };
  const rising = counted.filter((kind) => trail.kinds.get(kind)?.rising);
  return [
    say('digests.say.longer', { ...since, kinds: { kinds: counted } }, ids(counted)),
    ...(rising.length > 0
      ? [say('digests.say.rising', { min: minAuthors, kinds: { kinds: rising } }, ids(rising))]
      : []),
  ];
}

/** The largest increase, if it is public. */
function grewMost(findings: Findings): ComputedSentence[] {
  const changes = findings.ranked.map((kind) => difference(findings, kind) ?? 0);
  const most = Math.max(0, ...changes);
  const kinds = findings.ranked.filter((_, at) => changes[at] === most);
  if (most === 0 || findings.then.total.people === 0) return [];
  const values = {
    kinds: { kinds },
    change: most,
    n: kinds.length,
    period: { period: findings.before.id },
  };
  return [say('digests.say.grew', values, bothPeriods(findings, kinds))];
}

/** Differences from the previous period, most important first. */
export function changeStatements(
  findings: Findings,
  matters: readonly IssueCluster[],
  easing: ReadonlySet<string>,
): ComputedSentence[] {
  const { now, then, before, ranked } = findings;
  const period = { period: before.id };
  const moving = matterStatements(matters, easing);
  if (then.total.people === 0) {
    return [say('digests.say.incomparable', { period }, []), ...moving];
  }
  const about = (key: Statement, kinds: BarrierKind[], sources: string[]) =>
    kinds.length === 0 ? [] : [say(key, { kinds: { kinds }, period }, sources)];
  const raisedBefore = ranked.filter((kind) => then.kinds.has(kind));
  const more = raisedBefore.filter((kind) => (difference(findings, kind) ?? 0) > 0);
  const fresh = ranked.filter((kind) => !then.kinds.has(kind));
  const less = raisedBefore.filter((kind) => (difference(findings, kind) ?? 0) < 0);
  const faded = [...then.kinds.keys()].filter((kind) => !now.kinds.has(kind));
  return [
    ...about('digests.say.more', more, sourcesNow(findings, more)),
    ...about('digests.say.new', fresh, sourcesNow(findings, fresh)),
    ...moving,
    ...about('digests.say.less', less, sourcesNow(findings, less)),
    ...about('digests.say.faded', faded, sourcesThen(findings, faded)),
  ];
}

/** Issues that are new, still reported, or reported as improving; those in many places first. */
function matterStatements(
  matters: readonly IssueCluster[],
  easing: ReadonlySet<string>,
): ComputedSentence[] {
  const eases = (matter: IssueCluster) => matter.ids.some((id) => easing.has(id));
  const telling = matters
    .filter(({ kind }) => kind !== null)
    .toSorted((a, b) => b.places.length - a.places.length || a.since - b.since || 0);
  const fresh = telling.filter((one) => one.isNew && !eases(one));
  const ongoing = telling.filter((one) => !one.isNew && !eases(one));
  const tell = (key: Statement, list: IssueCluster[]) =>
    list.slice(0, MOST_MATTERS).flatMap(({ kind, since, places, ids }) => {
      if (!kind || places.length === 0) return [];
      const values = { kinds: { kinds: [kind] }, day: { day: since }, places: { places } };
      return [say(key, values, ids)];
    });
  return [
    ...tell('digests.say.matter.new', fresh),
    ...tell('digests.say.matter.ongoing', ongoing),
    ...tell('digests.say.matter.eases', telling.filter(eases)),
  ];
}

/** Sentences beside a quote whose issue others reported too. */
export function quoteStatements(
  matter: IssueCluster | undefined,
  postId: string,
): ComputedSentence[] {
  if (!matter || matter.places.length === 0) return [];
  const others = matter.ids.filter((id) => id !== postId);
  const values = { day: { day: matter.since }, places: { places: matter.places } };
  return [say('digests.say.quote.same', values, others)];
}

/** Sentences about one kind: number of people, change, and places. */
export function kindStatements(findings: Findings, kind: BarrierKind): ComputedSentence[] {
  const cell = findings.now.kinds.get(kind);
  if (!cell) return [];
  return [
    ...howMany(findings, kind, cell),
    ...againstBefore(findings, kind),
    ...mostlyFrom(findings, kind, cell),
    ...alsoFacing(findings, kind, cell),
  ];
}

function howMany(findings: Findings, kind: BarrierKind, cell: Cell): ComputedSentence[] {
  const { minAuthors, trail, shown } = findings;
  const people = peopleNow(findings, kind);
  if (people === null) {
    // The same sentence for all kinds, because otherwise the hidden one could be identified.
    const key = shown.kinds.withheld ? 'digests.say.kind.withheld' : 'digests.say.kind.few';
    const longer = trail.kinds.get(kind);
    const few = say(key, { min: minAuthors }, sourcesOfCell(cell, false));
    if (!longer) return [few];
    const { people, countries, ids } = longer.cell;
    const values = { day: { day: trail.start }, people, countries };
    return [few, say('digests.say.kind.longer', values, ids)];
  }
  const { countries, contributions } = cell;
  const values = { people, countries, contributions: contributions.length };
  return [say('digests.say.kind.people', values, cell.ids)];
}

function againstBefore(findings: Findings, kind: BarrierKind): ComputedSentence[] {
  const { then, before, minAuthors } = findings;
  if (then.total.people === 0) return [];
  const period = { period: before.id };
  const previous = peopleThen(findings, kind);
  const sources = sourcesNow(findings, [kind]);
  if (previous === 0) return [say('digests.say.kind.new', { period }, sources)];

  const change = difference(findings, kind);
  if (peopleNow(findings, kind) === null) return [];
  if (change === null || previous === null) {
    return [say('digests.say.kind.unknown', { period, min: minAuthors }, sources)];
  }
  const all = bothPeriods(findings, [kind]);
  if (change === 0) return [say('digests.say.kind.same', { period, previous }, all)];
  const key = change > 0 ? 'digests.say.kind.more' : 'digests.say.kind.less';
  return [say(key, { change: Math.abs(change), previous, period }, all)];
}

/** Only if it reveals no small number: neither there nor, by subtraction, elsewhere. */
function mostlyFrom(findings: Findings, kind: BarrierKind, cell: Cell): ComputedSentence[] {
  const { now, shown, minAuthors } = findings;
  if (peopleNow(findings, kind) === null || now.places.size < 2) return [];
  for (const [place, there] of now.kindPlaces.get(kind) ?? []) {
    if (place === null || there.people * 2 <= cell.people) continue;
    if (!shown.kindInPlace(kind, place) || !shown.places.shown.has(place)) continue;
    const elsewhere = cell.people - there.people;
    if (there.people < minAuthors || (elsewhere > 0 && elsewhere < minAuthors)) continue;
    if (elsewhere === 0) return [say('digests.say.kind.all', { place: { place } }, there.ids)];
    const values = { place: { place }, people: there.people };
    return [say('digests.say.kind.mostly', values, there.ids)];
  }
  return [];
}

/** Number of people, besides the authors, who said "I face this too". */
function alsoFacing(findings: Findings, kind: BarrierKind, cell: Cell): ComputedSentence[] {
  const people = findings.meToos.get(kind);
  if (!people || peopleNow(findings, kind) === null) return [];
  return [say('digests.say.kind.affirmed', { people }, cell.ids)];
}

/** Says why a digest is not emailed, or which contributions carry over from previous ones. */
export function carriedStatement(findings: Findings, since: number, ids: string[]) {
  return say('digests.say.carried', { day: { day: since }, min: findings.minAuthors }, ids);
}

export function waitsStatement(findings: Findings): ComputedSentence {
  const sources = sourcesOfCell(findings.now.total, false);
  return say('digests.say.waits', { min: findings.minAuthors }, sources);
}

/**
 * Maximum number of posts listed for a sentence, spread evenly over time: a page that checks all of
 * them at each view must stay fast. `unlisted` is the number of further counted posts.
 */
const MOST_SOURCES = 500;

function say(
  key: Statement,
  values: Record<string, SentenceValue>,
  sources: readonly string[],
): ComputedSentence {
  const all = [...new Set(sources)];
  const step = Math.max(1, all.length / MOST_SOURCES);
  const listed = Array.from({ length: Math.min(all.length, MOST_SOURCES) }, (_, at) =>
    String(all[Math.floor(at * step)]),
  );
  return { kind: 'computed', key, values, sources: listed, unlisted: all.length - listed.length };
}

/**
 * Returns the difference in people from the previous period; null if either number is not public.
 */
function difference(findings: Findings, kind: BarrierKind): number | null {
  const now = peopleNow(findings, kind);
  const then = peopleThen(findings, kind);
  return now === null || then === null ? null : now - then;
}

function bothPeriods(findings: Findings, kinds: readonly BarrierKind[]): string[] {
  return [...sourcesNow(findings, kinds), ...sourcesThen(findings, kinds)];
}

function sourcesNow({ now, shown }: Findings, of: readonly BarrierKind[]): string[] {
  return of.flatMap((kind) => sourcesOfCell(now.kinds.get(kind), shown.kinds.shown.has(kind)));
}

function sourcesThen({ then, shownThen }: Findings, of: readonly BarrierKind[]): string[] {
  return of.flatMap((kind) => sourcesOfCell(then.kinds.get(kind), shownThen.kinds.shown.has(kind)));
}
