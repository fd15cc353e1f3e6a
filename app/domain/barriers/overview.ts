import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import type { Scope } from '~/platform/places/scope';
import type { Db } from '~db/client';
import { byPeople, type KindFigure, type PlaceFigures, readAtlas, reportedSince } from './explore';
import type { Figure, Withheld } from './figures';
import type { Atlas } from './figures-table';
import { throughToday } from './query';

/** What a page is about: a place, a kind of barrier, a pillar. */
export interface OverviewSubject {
  scope?: Scope;
  kind?: BarrierKind;
  pillar?: Pillar;
}

/** What was ever said about a subject. */
export interface Overview {
  people: Figure;
  kinds: KindFigure[];
  /** Without the change. */
  places: PlaceFigures[];
  withheld: Withheld;
  least: number;
  /** When the first and the last contribution was made; null where nobody made any. */
  since: { first: number; last: number; contributions: number } | null;
}

/**
 * Everybody's figures of all time; of a pillar where one is given. Made once for a page that shows
 * several of them.
 */
export function standingAtlas(
  db: Db,
  { pillar }: Pick<OverviewSubject, 'pillar'>,
  now: number,
  least: number,
): Promise<Atlas> {
  return readAtlas(db, { industry: null, pillar: pillar ?? null, span: throughToday(now) }, least);
}

/**
 * Counts what was said about a subject from the beginning through today.
 * @param atlas the subject's, where it is at hand already.
 */
export async function overviewOf(
  db: Db,
  { scope = 'world', kind = undefined, pillar = undefined }: OverviewSubject,
  now: number,
  least: number,
  atlas?: Atlas,
): Promise<Overview> {
  const filter = {
    scope,
    industry: null,
    kind: kind ?? null,
    pillar: pillar ?? null,
    span: throughToday(now),
  };
  const figures = atlas ?? (await standingAtlas(db, { pillar }, now, least));
  const table = figures.table(scope, filter.kind);
  const places = [...table.rows].map(([place, figures]) => ({
    place,
    people: figures.people,
    change: null,
    kinds: byPeople(figures),
  }));
  return {
    people: table.total.people,
    kinds: byPeople(table.total),
    places: places.sort((a, b) => (b.people ?? -1) - (a.people ?? -1)),
    withheld: table.withheld,
    least,
    since: await reportedSince(db, filter),
  };
}
