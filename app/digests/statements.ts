import type { BarrierKind } from '../vocabularies/vocabularies';
import type { ComputedSentence, SentenceValue, Statement } from './content';
import type { Cell } from './count';
import { type Findings, peopleNow, peopleThen, sourcesOfCell } from './findings';

/*
 * The computed sentences of a digest: which of the catalogue's templates are said, with which
 * numbers, resting on which posts.
 */

/** Who spoke, and what most of them raised. */
export function leadStatements(findings: Findings): ComputedSentence[] {
  const { total } = findings.now;
  if (total.people < findings.minAuthors) {
    return [say('digests.say.few', { min: findings.minAuthors }, sourcesOfCell(total, false))];
  }
  const { people, countries, contributions } = total;
  const values = { people, countries, contributions: contributions.length };
  return [say('digests.say.people', values, total.ids), ...mostRaised(findings)];
}

function mostRaised(findings: Findings): ComputedSentence[] {
  const [first] = findings.ranked;
  const most = first && peopleNow(findings, first);
  if (!most) return [];
  const kinds = findings.ranked.filter((kind) => peopleNow(findings, kind) === most);
  const values = { kinds: { kinds }, n: kinds.length, people: most };
  return [say('digests.say.most', values, sourcesNow(findings, kinds))];
}

/** What is different from the period before, the most telling first. */
export function changeStatements(findings: Findings): ComputedSentence[] {
  const { now, then, before, ranked } = findings;
  const period = { period: before.id };
  if (then.total.people === 0) return [say('digests.say.incomparable', { period }, [])];

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
    ...about('digests.say.less', less, sourcesNow(findings, less)),
    ...about('digests.say.faded', faded, sourcesThen(findings, faded)),
  ];
}

/** What can be said of one kind: how many, against before, and where. */
export function kindStatements(findings: Findings, kind: BarrierKind): ComputedSentence[] {
  const cell = findings.now.kinds.get(kind);
  if (!cell) return [];
  return [
    howMany(findings, kind, cell),
    ...againstBefore(findings, kind),
    ...mostlyFrom(findings, kind, cell),
  ];
}

function howMany(findings: Findings, kind: BarrierKind, cell: Cell): ComputedSentence {
  const people = peopleNow(findings, kind);
  if (people === null) {
    // Told alike for all of them, or the one that was left out would be known.
    const key = findings.kinds.withheld ? 'digests.say.kind.withheld' : 'digests.say.kind.few';
    return say(key, { min: findings.minAuthors }, sourcesOfCell(cell, false));
  }
  const { countries, contributions } = cell;
  const values = { people, countries, contributions: contributions.length };
  return say('digests.say.kind.people', values, cell.ids);
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
  const all = [...sources, ...sourcesThen(findings, [kind])];
  if (change === 0) return [say('digests.say.kind.same', { period, previous }, all)];
  const key = change > 0 ? 'digests.say.kind.more' : 'digests.say.kind.less';
  return [say(key, { change: Math.abs(change), previous, period }, all)];
}

/** Said only if it uncovers no small number: neither there nor, by subtraction, elsewhere. */
function mostlyFrom(findings: Findings, kind: BarrierKind, cell: Cell): ComputedSentence[] {
  const { now, places, minAuthors } = findings;
  if (peopleNow(findings, kind) === null || now.places.size < 2) return [];
  for (const [place, there] of now.kindPlaces.get(kind) ?? []) {
    if (place === null || !places.shown.has(place) || there.people * 2 <= cell.people) continue;
    const elsewhere = cell.people - there.people;
    if (there.people < minAuthors || (elsewhere > 0 && elsewhere < minAuthors)) continue;
    if (elsewhere === 0) return [say('digests.say.kind.all', { place: { place } }, there.ids)];
    const values = { place: { place }, people: there.people };
    return [say('digests.say.kind.mostly', values, there.ids)];
  }
  return [];
}

function say(
  key: Statement,
  values: Record<string, SentenceValue>,
  sources: readonly string[],
): ComputedSentence {
  return { kind: 'computed', key, values, sources: [...new Set(sources)] };
}

/** How many people more than before; null where one of the two numbers is not public. */
function difference(findings: Findings, kind: BarrierKind): number | null {
  const now = peopleNow(findings, kind);
  const then = peopleThen(findings, kind);
  return now === null || then === null ? null : now - then;
}

function sourcesNow({ now, kinds }: Findings, of: readonly BarrierKind[]): string[] {
  return of.flatMap((kind) => sourcesOfCell(now.kinds.get(kind), kinds.shown.has(kind)));
}

function sourcesThen({ then, kindsThen }: Findings, of: readonly BarrierKind[]): string[] {
  return of.flatMap((kind) => sourcesOfCell(then.kinds.get(kind), kindsThen.shown.has(kind)));
}
